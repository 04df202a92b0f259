using Tempera.Grains.Storage;
using Tempera.Grains.Tasks;
using Tempera.Silo.Data;
using Tempera.Silo.Telemetry;

namespace Tempera.Silo.Embedding;

/// <summary>What a silo takes from the process and the machine around it.</summary>
internal sealed record Surroundings
{
    /// <summary>Names a loopback port that may be free.</summary>
    public Func<int> NextPort { get; init; } = FreePort.Next;

    /// <summary>The OpenTelemetry variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = OpenTelemetryVariables.OfProcess();

    /// <summary>Where campaigns get their design tasks from.</summary>
    public ITaskProvider Tasks { get; init; } = new CatalogTaskProvider(TaskDataFolder.OfProcess());

    /// <summary>Where campaigns are kept instead of the directory; null for the directory. To measure what storage costs.</summary>
    public IBlobStore? Blobs { get; init; }

    /// <summary>Those of a cluster member: specifications come from elsewhere, so their tables lie in the data directory.</summary>
    public static Surroundings OfCluster() => new() { Tasks = new CatalogTaskProvider(TaskDataFolder.OfProcess(allowsAnyPath: false)) };
}
