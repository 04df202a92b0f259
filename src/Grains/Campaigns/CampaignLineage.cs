using System.Collections.Immutable;

namespace Tempera.Grains.Campaigns;

/// <summary>
/// Where each epoch of a campaign began, so that a checkpoint can be told from one that a writer added after it was overtaken:
/// what epoch e wrote of rounds after the one at which a later epoch began is no part of the campaign.
/// </summary>
/// <param name="Starts">The epochs with the rounds of the checkpoints they opened, oldest first.</param>
internal sealed record CampaignLineage(ImmutableArray<EpochStart> Starts)
{
    // Older epochs matter only for checkpoints that have long been removed.
    private const int MaxStarts = 200;

    /// <summary>The lineage with an epoch that takes over at a round.</summary>
    public CampaignLineage Begin(long epoch, int round) =>
        new((Starts.Length < MaxStarts ? Starts : Starts.RemoveAt(0)).Add(new EpochStart(epoch, round)));

    /// <summary>True when a checkpoint that an epoch wrote of a round belongs to the campaign.</summary>
    public bool Admits(long epoch, int round) => Starts.All(start => start.Epoch <= epoch || round <= start.Round);
}

/// <summary>Where an epoch began.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Round">Round of the checkpoint it opened; 0 without one.</param>
internal readonly record struct EpochStart(long Epoch, int Round);
