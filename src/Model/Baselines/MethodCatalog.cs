using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Model.Baselines;

/// <summary>The methods of search by the name a user types: the GFlowNet, and baselines without a policy.</summary>
public static class MethodCatalog
{
    /// <summary>The GFlowNet, which is no baseline.</summary>
    public const string GFlowNet = "gflownet";

    /// <summary>Annealed Markov chain Monte Carlo.</summary>
    public const string Mcmc = "mcmc";

    private static readonly (string Name, Func<IPositionalSpace, LearnerSettings, IProposer> Create)[] Entries =
    [
        ("random", static (space, _) => new UniformProposer(space)),
        ("ga", static (space, s) => new GeneticAlgorithm(space, s.Population, s.Mutations)),
        (Mcmc, static (space, s) => new MarkovChains(space, s.Batch)),
    ];

    /// <summary>Names of all methods, in the order users see them.</summary>
    public static IReadOnlyList<string> Names { get; } = [GFlowNet, .. Entries.Select(static entry => entry.Name)];

    /// <summary>Creates a baseline's proposer; null for the GFlowNet.</summary>
    /// <exception cref="SettingException">The method is unknown (setting <c>method</c>), or the space has none of what it needs.</exception>
    public static IProposer? Create(DesignTask task, LearnerSettings settings)
    {
        if (settings.Method == GFlowNet)
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
