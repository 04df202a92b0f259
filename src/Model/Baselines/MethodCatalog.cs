using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Model.Baselines;

/// <summary>
/// The methods of search by the name a user types: the GFlowNet, reinforcement learning of the same policy, and baselines without a
/// policy.
/// </summary>
public static class MethodCatalog
{
    /// <summary>The GFlowNet, which is no baseline.</summary>
    public const string GFlowNet = "gflownet";

    /// <summary>Annealed Markov chain Monte Carlo.</summary>
    public const string Mcmc = "mcmc";

    /// <summary>Advantage actor-critic.</summary>
    public const string A2c = "a2c";

    /// <summary>Proximal policy optimisation.</summary>
    public const string Ppo = "ppo";

    /// <summary>Soft Q-learning.</summary>
    public const string SoftQLearning = "sql";

    /// <summary>Gradient steps on a batch of PPO where the user does not say.</summary>
    public const int PpoSteps = 4;

    private static readonly (string Name, Func<IPositionalSpace, LearnerSettings, IProposer> Create)[] Entries =
    [
        ("random", static (space, _) => new UniformProposer(space)),
        ("ga", static (space, s) => new GeneticAlgorithm(space, s.Population, s.Mutations)),
        (Mcmc, static (space, s) => new MarkovChains(space, s.Batch)),
    ];

    /// <summary>Names of all methods, in the order users see them.</summary>
    public static IReadOnlyList<string> Names { get; } = [GFlowNet, .. Entries.Select(static entry => entry.Name), A2c, Ppo, SoftQLearning];

    /// <summary>Methods that are an objective of the same name for the policy P_F.</summary>
    public static bool IsReinforcementLearning(string method) => method is A2c or Ppo or SoftQLearning;

    /// <summary>Methods with a policy, which can be sampled and evaluated.</summary>
    public static bool HasPolicy(string method) => method == GFlowNet || IsReinforcementLearning(method);

    /// <summary>Creates a baseline's proposer; null for methods with a policy.</summary>
    /// <exception cref="SettingException">The method is unknown (setting <c>method</c>), or the space has none of what it needs.</exception>
    public static IProposer? Create(DesignTask task, LearnerSettings settings)
    {
        if (HasPolicy(settings.Method))
        {
            return null;
        }

        var entry = Entries.FirstOrDefault(entry => entry.Name == settings.Method);
        return entry.Create is null ? throw Refuse($"is one of {string.Join(", ", Names)}", settings.Method)
            : task.Space is IPositionalSpace space ? entry.Create(space, settings)
            : throw Refuse($"is {settings.Method} only where objects are strings of digits; the space of task {task.Name} is a {task.Space.Name}", settings.Method);
    }

    private static SettingException Refuse(string rule, string received) => new("method", $"method {rule}; received '{received}'. Set method={GFlowNet}.");
}
