using Tempera.Model.Engines;
using Tempera.Model.Objectives;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Model.Networks;

/// <summary>The shapes of all networks of a temperature-conditional GFlowNet, and what else fixes the functions they compute.</summary>
public sealed class PolicyArchitecture
{
    /// <summary>Lays out the networks for a space.</summary>
    /// <param name="space">The design space.</param>
    /// <param name="settings">Resolved settings.</param>
    /// <param name="betaRange">Smallest and largest beta of exploration and training; the ends of the thermometer.</param>
    public PolicyArchitecture(IDesignSpace space, LearnerSettings settings, (float Minimum, float Maximum) betaRange)
    {
        Forward = new PolicyNetworkShape(space.FeatureCount, space.ForwardActionCount, settings);
        Backward = settings.BackwardPolicy == BackwardPolicy.Uniform
            ? PolicyNetworkShape.Uniform(space.FeatureCount, space.BackwardActionCount)
            : new PolicyNetworkShape(space.FeatureCount, space.BackwardActionCount, settings);
        var parts = ObjectiveCatalog.Create(settings).Parts;
        Flow = parts.HasFlag(TermParts.Flows) ? PolicyNetworkShape.Flow(space.FeatureCount, settings) : null;
        Potential = parts.HasFlag(TermParts.Potentials) ? PolicyNetworkShape.Potential(space.FeatureCount, space.ForwardActionCount, settings) : null;
        BetaRange = betaRange;
        LogitClamp = (float)settings.LogitClamp;
        Conditioning = settings.Conditioning;
        BetaInput = settings.BetaInput;
        LogZMaps = Conditioning == Conditioning.None
            ? [LogZ.AddLinear("log_z", 0, 1)]
            : LogZ.AddMlp("log_z", 1, PolicyNetworkShape.TemperatureWidth, PolicyNetworkShape.TemperatureWidth, 1);
    }

    /// <summary>P_F.</summary>
    public PolicyNetworkShape Forward { get; }

    /// <summary>P_B.</summary>
    public PolicyNetworkShape Backward { get; }

    /// <summary>log F(s; beta) of inner states, where the objective has flows.</summary>
    public PolicyNetworkShape? Flow { get; }

    /// <summary>Potentials of edges, where the objective learns them.</summary>
    public PolicyNetworkShape? Potential { get; }

    /// <summary>The log Z head's layout.</summary>
    public ParameterLayout LogZ { get; } = new();

    /// <summary>The log Z head: an MLP [1, 32, 32, 1] on beta, or a single bias for an unconditional policy.</summary>
    public LinearSlots[] LogZMaps { get; }

    /// <summary>Ends of the thermometer.</summary>
    public (float Minimum, float Maximum) BetaRange { get; }

    /// <summary>Logits are clamped to [-LogitClamp, LogitClamp] before the softmax.</summary>
    public float LogitClamp { get; }

    /// <summary>How the networks are told beta.</summary>
    public BetaInput BetaInput { get; }

    /// <summary>How the policies depend on beta.</summary>
    public Conditioning Conditioning { get; }
}
