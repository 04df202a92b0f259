using Tempera.Model.Settings;

namespace Tempera.Model.Networks;

/// <summary>
/// The layout of one policy network. SSR: encoder MLP [F, H, H], scorer MLP [2H (+ C), H, k] on [z(s), z(s'), code(beta)].
/// SA: MLP [F (+ C), H, H, actions k]. Temperature: code MLP [1, 32, 32, 32] and scale MLP [32, 32, 32, k].
/// </summary>
/// <remarks>Kim et al. 2024 (arXiv 2310.02823) and Shen et al. 2023 (arXiv 2305.07170), sizes of the released settings.</remarks>
public sealed class PolicyNetworkShape
{
    /// <summary>Width of the temperature networks and of the code of beta.</summary>
    public const int TemperatureWidth = 32;

    private PolicyNetworkShape(int features, int actions)
    {
        (Features, Actions, Rank, IsUniform) = (features, actions, 1, true);
        (Parametrization, Conditioning) = (Parametrization.Ssr, Conditioning.None);
        (Hidden, Output) = ([], []);
    }

    /// <summary>Lays out a network for a number of state features and actions.</summary>
    public PolicyNetworkShape(int features, int actions, LearnerSettings settings)
    {
        (Features, Actions, Width) = (features, actions, settings.Width);
        (Parametrization, Conditioning, BetaInput) = (settings.Parametrization, settings.Conditioning, settings.BetaInput);
        Rank = HasScale ? settings.LogitRank : 1;
        var code = HasCode ? TemperatureWidth : 0;
        if (Parametrization == Parametrization.Ssr)
        {
            Hidden = Layout.AddMlp("encoder", features, Width, Width);
            Output = Layout.AddMlp("scorer", (2 * Width) + code, Width, Rank);
        }
        else
        {
            Hidden = Layout.AddMlp("hidden", features + code, Width, Width);
            Output = Layout.AddMlp("output", Width, actions * Rank);
        }

        if (features > LazyRows.MostEagerFeatures)
        {
            Layout.Lazy = (Hidden[0].Weight, features);
        }

        if (HasLearnedCode)
        {
            Code = Layout.AddMlp("temperature", 1, TemperatureWidth, TemperatureWidth, TemperatureWidth);
        }

        if (HasScale)
        {
            Scale = Layout.AddMlp("scale", TemperatureWidth, TemperatureWidth, TemperatureWidth, Rank);
        }
    }

    /// <summary>A policy that is uniform over unique edges: no weights.</summary>
    public static PolicyNetworkShape Uniform(int features, int actions) => new(features, actions);

    /// <summary>
    /// log F(s; beta): an MLP on the state, SA with one action, conditioned as the policies are. A flow has no free constant that a
    /// softmax takes out, so with logit conditioning it has one rank more: log F = sum over k of f_k(beta) u_k(s), k to rank + 1.
    /// </summary>
    public static PolicyNetworkShape Flow(int features, LearnerSettings settings) =>
        new(features, 1, settings with
        {
            Parametrization = Parametrization.Sa,
            LogitRank = settings.LogitRank + 1,
        });

    /// <summary>Potentials phi(s, action): an MLP on the state, the same for every beta.</summary>
    public static PolicyNetworkShape Potential(int features, int actions, LearnerSettings settings) =>
        new(features, actions, settings with
        {
            Parametrization = Parametrization.Sa,
            Conditioning = Conditioning.None,
        });

    /// <summary>Where each weight lies.</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>Uniform over unique edges, without weights.</summary>
    public bool IsUniform { get; }

    /// <summary>Binary features of a state, F.</summary>
    public int Features { get; }

    /// <summary>Actions of a state-action policy.</summary>
    public int Actions { get; }

    /// <summary>Hidden width, H.</summary>
    public int Width { get; }

    /// <summary>Scores of an edge, each with its own logit scale, k.</summary>
    public int Rank { get; }

    /// <summary>How an edge is scored.</summary>
    public Parametrization Parametrization { get; }

    /// <summary>How the policy depends on beta.</summary>
    public Conditioning Conditioning { get; }

    /// <summary>How the temperature networks are told beta.</summary>
    public BetaInput BetaInput { get; }

    /// <summary>The two hidden maps: encoder (SSR) or hidden layers (SA).</summary>
    public LinearSlots[] Hidden { get; }

    /// <summary>SSR: the two maps of the scorer; SA: the output map.</summary>
    public LinearSlots[] Output { get; }

    /// <summary>The code of beta, where it is learned.</summary>
    public LinearSlots[] Code { get; } = [];

    /// <summary>From the code to the logit scale f(beta), where there is one.</summary>
    public LinearSlots[] Scale { get; } = [];

    /// <summary>Logits are multiplied by f(beta).</summary>
    public bool HasScale => Conditioning is Conditioning.Logit or Conditioning.LogitLayer;

    /// <summary>A code of beta enters the scorer.</summary>
    public bool HasCode => Conditioning is Conditioning.Layer or Conditioning.LogitLayer or Conditioning.Thermometer;

    /// <summary>The code of beta comes from a network.</summary>
    public bool HasLearnedCode => Conditioning is Conditioning.Logit or Conditioning.Layer or Conditioning.LogitLayer;
}
