namespace Tempera.Client.Chaos;

/// <summary>What a rehearsal does.</summary>
internal sealed record ChaosOptions
{
    /// <summary>Seed of the faults' kinds, moments, targets and lengths.</summary>
    public ulong Seed { get; init; }

    /// <summary>Faults after which no more are inflicted; null for as many as fit into <see cref="Duration"/>.</summary>
    public int? Faults { get; init; }

    /// <summary>Time after which no more faults are inflicted; null for no limit.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Mean time from the end of a fault to the next one; the moments are drawn from half to one and a half of it.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Faults that may overlap.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>Silos, 1 to 9.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>Campaigns that run at the same time; each one that ends is followed by the next.</summary>
    public int Campaigns { get; init; } = 4;

    /// <summary>Rounds of a campaign.</summary>
    public int Rounds { get; init; } = 400;

    /// <summary>Names of the kinds of fault that are drawn from.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>The first silo is never the target, and one campaign goes on from the beginning to the end: what grows over time shows.</summary>
    public bool IsLong { get; init; }

    /// <summary>Shortest duration of an oracle call.</summary>
    public TimeSpan OraclePause { get; init; }

    /// <summary>Time between readings of memory, handles, threads and storage; null for none.</summary>
    public TimeSpan? SampleEvery { get; init; }

    /// <summary>Folder of logs, journals and results.</summary>
    public required string Folder { get; init; }

    /// <summary>Program of Redis.</summary>
    public string RedisServer { get; init; } = "redis-server";

    /// <summary>Program of Azurite's blob service, or its script for Node.js.</summary>
    public required string Azurite { get; init; }
}
