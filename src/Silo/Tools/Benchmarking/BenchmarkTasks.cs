using Tempera.Grains.Tasks;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Tempera.Silo.Data;

namespace Tempera.Silo.Tools.Benchmarking;

/// <summary>
/// The built-in tasks, and the shapes of published ones: their spaces and networks, with scores that need no data file and cost
/// next to nothing.
/// </summary>
internal sealed class BenchmarkTasks : ITaskProvider
{
    private static readonly CatalogTaskProvider Catalog = new(TaskDataFolder.OfProcess());

    private static readonly Dictionary<string, Func<DesignTask>> Shapes = new(StringComparer.Ordinal)
    {
        ["tfbind8"] = static () => Shape("tfbind8", "65,536 DNA 8-mers", "ACGT", 8, new RewardScale(3, 10, 1), new TaskDefaults(2000, 128, 0.01)),
        ["qm9str"] = static () => Shape("qm9str", "161,051 strings of 5 building blocks", "ABCDEFGHIJK", 5, new RewardScale(5, 100, 1), new TaskDefaults(2000, 1024, 0.1)),
        ["rna14"] = static () => Shape("rna14", "268,435,456 RNA 14-mers", "ACGU", 14, new RewardScale(8, 10, 1), new TaskDefaults(5000, 1024, 0.01)),
    };

    /// <inheritdoc/>
    public DesignTask Create(string name, IDictionary<string, string> settings) =>
        Shapes.TryGetValue(name, out var shape) ? shape() : Catalog.Create(name, settings);

    private static DesignTask Shape(string name, string objects, string alphabet, int length, RewardScale reward, TaskDefaults defaults) => new()
    {
        Name = name,
        Description = $"A shape: {objects}.",
        Source = "Scores are a hash of the object.",
        Space = new PrependAppendSpace(alphabet, length),
        Oracle = new HashOracle(),
        Reward = reward,
        Defaults = defaults,
    };
}
