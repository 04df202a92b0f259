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

    /// <summary>A genetic algorithm.</summary>
    public const string GeneticAlgorithm = "ga";

    /// <summary>Random search without replacement.</summary>
    public const string Unseen = "unseen";

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
        (Unseen, static (space, _) => new UnseenProposer(space)),
        (GeneticAlgorithm, static (space, s) => new Baselines.GeneticAlgorithm(space, s.Population, s.Mutations)),
        (Mcmc, static (space, s) => new MarkovChains(space, s.Batch)),
    ];

    /// <summary>Name of the setting of the method that explores beside a policy.</summary>
    public const string ExplorerName = "explorer";

    /// <summary>The policy explores alone.</summary>
    public const string NoExplorer = "none";

    /// <summary>A genetic algorithm and Markov chains, in equal parts.</summary>
    public const string MixedExplorer = "mixed";

    /// <summary>What can explore beside a policy.</summary>
    public static IReadOnlyList<string> Explorers { get; } = [NoExplorer, .. Entries.Select(static entry => entry.Name), MixedExplorer];

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

        return Names.Contains(settings.Method)
            ? Proposer(task, "method", GFlowNet, settings.Method, settings)
            : throw SettingText.Refuse("method", $"one of {string.Join(", ", Names)}", settings.Method, $"Set method={GFlowNet}");
    }

    /// <summary>Creates the methods that explore beside a policy, with their names; none where there are none.</summary>
    /// <exception cref="SettingException">The space has none of what they need (setting <c>explorer</c>).</exception>
    public static IReadOnlyList<(string Name, IProposer Proposer)> CreateExplorers(DesignTask task, LearnerSettings settings)
    {
        string[] names = settings.Explorer switch
        {
            NoExplorer => [],
            MixedExplorer => [GeneticAlgorithm, Mcmc],
            _ => [settings.Explorer],
        };
        return [.. names.Select(name => (name, Proposer(task, ExplorerName, NoExplorer, name, settings)))];
    }

    /// <summary>True where a space has what methods without a policy need.</summary>
    public static bool Fits(IDesignSpace space) => space is IPositionalSpace;

    private static IProposer Proposer(DesignTask task, string setting, string other, string method, LearnerSettings settings) => task.Space is IPositionalSpace space
        ? Entries.First(entry => entry.Name == method).Create(space, settings)
        : throw SettingText.Refuse(
            setting, $"{other} where objects are no strings of digits; the space of task {task.Name} is a {task.Space.Name}", method, $"Set {setting}={other}");
}
