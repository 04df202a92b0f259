namespace Tempera.Model.Networks;

/// <summary>The parameters of a temperature-conditional GFlowNet: forward policy, backward policy, log Z head, and what its objective adds.</summary>
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

    /// <summary>log F(s; beta) of inner states, where the objective has flows.</summary>
    public NetworkParameters? Flow { get; } = architecture.Flow is null ? null : new("flow", architecture.Flow.Layout);

    /// <summary>Potentials of edges, where the objective learns them.</summary>
    public NetworkParameters? Potential { get; } = architecture.Potential is null ? null : new("potential", architecture.Potential.Layout);

    /// <summary>All networks there are, in a fixed order. A uniform P_B is among them, with no values.</summary>
    public IEnumerable<NetworkParameters> Networks => new[] { Forward, Backward, LogZ, Flow, Potential }.OfType<NetworkParameters>();

    /// <summary>
    /// Known part of log Z(beta), intercept + slope * beta, to which the head adds what it learns, and flows likewise; (0, 0) leaves both alone.
    /// </summary>
    public (double Intercept, double Slope) LogZKnown { get; set; }
}
