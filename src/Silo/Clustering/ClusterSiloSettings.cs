using System.Net;

using Tempera.Silo.Accelerators;
using Tempera.Silo.Storage.Azure;

namespace Tempera.Silo.Clustering;

/// <summary>Everything a cluster member is told. Read by <see cref="ClusterSiloSettingCatalog"/>, which has names, ranges and defaults.</summary>
public sealed record ClusterSiloSettings
{
    /// <summary>Name of this silo among the others.</summary>
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>Silos and clients with the same id find each other.</summary>
    public string ClusterId { get; init; } = "tempera";

    /// <summary>Redis that holds the membership, as StackExchange.Redis configuration. A secret.</summary>
    public string Redis { get; init; } = "";

    /// <summary>Where campaigns are kept.</summary>
    public AzureStorageSettings Storage { get; init; } = new();

    /// <summary>Address that other silos and clients reach this one at; null finds one of this host.</summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary>Address to listen on.</summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Any;

    /// <summary>Port for other silos.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port for clients.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>Port for health and metrics.</summary>
    public int HttpPort { get; init; } = 8080;

    /// <summary>Good checkpoints kept of each campaign.</summary>
    public int KeptCheckpoints { get; init; } = 3;

    /// <summary>Longest time between checkpoints of a running campaign.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time that running campaigns have to reach a checkpoint when this silo is told to stop.</summary>
    public TimeSpan CheckpointDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>GPUs to announce: <c>auto</c> asks the driver; see <see cref="AcceleratorAnnouncement.Rule"/>.</summary>
    public string Accelerators { get; init; } = "auto";

    /// <summary>Time between a silo's questions to its neighbours.</summary>
    public TimeSpan ProbePeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Unanswered questions in a row after which a neighbour is suspected.</summary>
    public int MissedProbes { get; init; } = 3;

    /// <summary>Time between looks at campaigns that lost their silo.</summary>
    public TimeSpan ReviveInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Folder of the journal of oracle calls; null keeps none.</summary>
    public string? OracleJournal { get; init; }

    /// <summary>Shortest duration of an oracle call, for rehearsals.</summary>
    public TimeSpan OraclePause { get; init; }
}
