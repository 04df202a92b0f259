namespace Tempera.Model.Schedules;

/// <summary>Shape of an annealing schedule.</summary>
public sealed record AnnealingOptions
{
    /// <summary>Path of the centre. Default linear.</summary>
    public AnnealingPath Path { get; init; } = AnnealingPath.Linear;

    /// <summary>Re-heatings: the path is gone through this many times more, each time from its start. 0 to 10,000, default 0.</summary>
    public int Restarts { get; init; }

    /// <summary>Half-width w: betas are U[centre - w, centre + w] clipped to [a, b]. 0 to 1,000,000, default 0.5.</summary>
    public double Width { get; init; } = 0.5;

    /// <summary>What progress is measured in. Default rounds.</summary>
    public AnnealingProgress Progress { get; init; } = AnnealingProgress.Rounds;

    /// <summary>Slow down or re-heat when new modes become rare; see <see cref="AdaptivePace"/>. Default false.</summary>
    public bool Adaptive { get; init; }

    /// <summary>From b to a.</summary>
    public bool Reverse { get; init; }
}
