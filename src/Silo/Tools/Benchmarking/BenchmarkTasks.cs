using Tempera.Grains.Tasks;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Tempera.Silo.Data;

namespace Tempera.Silo.Tools.Benchmarking;

/// <summary>The built-in tasks, and <c>tfbind8</c> as a shape: its space and networks, with scores that need no data file.</summary>
internal sealed class BenchmarkTasks : ITaskProvider
{
    /// <summary>Name of the shape.</summary>
    public const string Shape = "tfbind8";

    private static readonly CatalogTaskProvider Catalog = new(TaskDataFolder.OfProcess());

    /// <inheritdoc/>
    public DesignTask Create(string name, IDictionary<string, string> settings) => name == Shape ? CreateShape() : Catalog.Create(name, settings);

    private static DesignTask CreateShape() => new()
    {
        Name = Shape,
        Description = "The shape of TF-Bind-8: 65,536 DNA 8-mers.",
        Source = "Scores are a hash of the object.",
        Space = new PrependAppendSpace("ACGT", 8),
        Oracle = new HashOracle(),
        Reward = new RewardScale(3, 10, 1),
        Defaults = new TaskDefaults(2000, 128, 0.01),
    };
}
