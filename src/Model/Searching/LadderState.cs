namespace Tempera.Model.Searching;

/// <summary>What a checkpoint keeps of a <see cref="BetaLadder"/>.</summary>
public sealed record LadderState
{
    /// <summary>The betas, ascending.</summary>
    public IReadOnlyList<float> Rungs { get; init; } = [];

    /// <summary>The rung of each searcher.</summary>
    public IReadOnlyList<int> RungOf { get; init; } = [];

    /// <summary>Moving mean of log R at each rung; NaN where nothing was seen yet.</summary>
    public IReadOnlyList<double> Means { get; init; } = [];

    /// <summary>log R of each searcher's last object; NaN before the first.</summary>
    public IReadOnlyList<double> Last { get; init; } = [];
}
