namespace Tempera.Model.Networks;

/// <summary>The parameters of a temperature-conditional GFlowNet: forward policy, backward policy, log Z head.</summary>
public sealed class PolicyParameters(PolicyArchitecture architecture)
{
    /// <summary>What the networks look like.</summary>
    public PolicyArchitecture Architecture { get; } = architecture;

    /// <summary>P_F with its temperature networks.</summary>
    public NetworkParameters Forward { get; } = new("forward", architecture.Forward.Layout);

    /// <summary>P_B with its temperature networks.</summary>
    public NetworkParameters Backward { get; } = new("backward", architecture.Backward.Layout);

    /// <summary>log Z(beta).</summary>
    public NetworkParameters LogZ { get; } = new("log_z", architecture.LogZ);

    /// <summary>
    /// Known part of log Z(beta), intercept + slope * beta, to which the head adds what it learns; (0, 0) leaves the head alone.
    /// </summary>
    public (double Intercept, double Slope) LogZKnown { get; set; }
}
