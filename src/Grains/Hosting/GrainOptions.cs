namespace Tempera.Grains.Hosting;

/// <summary>How a silo's grains behave.</summary>
public sealed record GrainOptions
{
    /// <summary>Refuse every command, so that nothing is ever written. Default false.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Good checkpoints kept, at least 1. Default 3.</summary>
    public int KeptCheckpoints { get; init; } = 3;

    /// <summary>
    /// Put each round's scores on durable storage before they are used, for oracles that cost money or a person's time; else
    /// they are forced there at checkpoints, and a power cut costs recomputing them. Default false.
    /// </summary>
    public bool DurableEvaluations { get; init; }

    /// <summary>
    /// Others take over what this silo loses: a campaign whose document says Running is carried on by whoever is asked to revive it,
    /// and one that storage or a lost silo stopped stays Running. False where a person resumes. Default false.
    /// </summary>
    public bool Revives { get; init; }

    /// <summary>Longest time between checkpoints of a running campaign, beside its own number of rounds; null for no limit. Default null.</summary>
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>Longest silence of a watched campaign. Default 5 seconds.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a claim on a GPU stands without being said again; it is said again four times as often at least. Default 20 seconds.</summary>
    public TimeSpan AcceleratorPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Events kept for a watcher that is slow; it reads the rest from the event log. Default 1024.</summary>
    public int WatchBacklog { get; init; } = 1024;
}
