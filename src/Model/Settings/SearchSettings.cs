namespace Tempera.Model.Settings;

/// <summary>The settings of searchers: how many sample beside the trainer, at which betas, and how far the two may come apart.</summary>
public sealed record SearchSettings
{
    /// <summary>Searchers; 0 samples in the round itself.</summary>
    public int Searchers { get; init; }

    /// <summary>Where the rungs stand.</summary>
    public LadderKind Ladder { get; init; } = LadderKind.Geometric;

    /// <summary>Whether searchers change their rungs.</summary>
    public RungExchange RungExchange { get; init; } = RungExchange.None;

    /// <summary>Rounds that the policy of a trajectory may be old when it is trained on.</summary>
    public int PolicyAge { get; init; } = 16;

    /// <summary>Rounds' worth of trajectories that may be under way.</summary>
    public int SearchAhead { get; init; } = 4;

    /// <summary>Trajectories trained on for each one inserted; 0 takes what a run without searchers has.</summary>
    public double SamplesPerInsert { get; init; }

    /// <summary>Rounds by which learning may run ahead of the searchers, or they of it.</summary>
    public double InsertTolerance { get; init; } = 4;

    /// <summary>Trajectories of one search: a batch is shared among the searchers.</summary>
    public int SearchSize(int batch) => Math.Max(1, batch / Math.Max(1, Searchers));

    /// <summary>Trajectories a round takes at most: whole searches that fit into a batch.</summary>
    public int RoundSize(int batch) => batch / SearchSize(batch) * SearchSize(batch);

    /// <summary>Rounds between published policies: often enough that none is too old where a search begins.</summary>
    public int PublishEvery => Math.Max(1, (PolicyAge - SearchAhead) / 4);
}
