using Tempera.Model.Searching;

namespace Tempera.Grains.Searching;

/// <summary>What a checkpoint keeps of a campaign's searchers. What was under way is not in it, and is drawn again.</summary>
internal sealed record SearchProgress
{
    /// <summary>Committed searches of each searcher: the next one has the number after.</summary>
    public required IReadOnlyList<int> Searches { get; init; }

    /// <summary>The ladder.</summary>
    public required LadderState Ladder { get; init; }

    /// <summary>Trajectories inserted.</summary>
    public required long Inserted { get; init; }

    /// <summary>Trajectories trained on.</summary>
    public required long Trained { get; init; }
}
