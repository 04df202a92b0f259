using System.Collections.Immutable;

using Tempera.Contracts.Searching;

namespace Tempera.Contracts.Campaigns;

/// <summary>A campaign's state at one moment, with the resolved specification.</summary>
[GenerateSerializer, Immutable, Alias("tempera.campaign-snapshot")]
public sealed record CampaignSnapshot
{
    /// <summary>Campaign id.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Where the state machine stands.</summary>
    [Id(1)] public required CampaignState State { get; init; }

    /// <summary>The specification with every setting resolved; null while the state is Unknown.</summary>
    [Id(2)] public CampaignSpecification? Specification { get; init; }

    /// <summary>Rounds committed.</summary>
    [Id(3)] public int Round { get; init; }

    /// <summary>Rounds asked for in total.</summary>
    [Id(4)] public int TargetRound { get; init; }

    /// <summary>Unique oracle calls made.</summary>
    [Id(5)] public long OracleCalls { get; init; }

    /// <summary>Modes discovered.</summary>
    [Id(6)] public int Modes { get; init; }

    /// <summary>Modes the task is known to have; null where nobody knows.</summary>
    [Id(7)] public int? KnownModes { get; init; }

    /// <summary>Best raw score found; null before the first evaluation.</summary>
    [Id(8)] public double? BestScore { get; init; }

    /// <summary>The object with the best score.</summary>
    [Id(9)] public string? BestObject { get; init; }

    /// <summary>Round of the newest durable checkpoint; null when there is none.</summary>
    [Id(10)] public int? CheckpointRound { get; init; }

    /// <summary>Lease epoch of the last trainer; raised each time a trainer takes over.</summary>
    [Id(11)] public long Epoch { get; init; }

    /// <summary>One sentence saying why the campaign failed and what to do; null unless Failed.</summary>
    [Id(12)] public string? Failure { get; init; }

    /// <summary>What a person should know about the last restore, for example a damaged checkpoint that was skipped.</summary>
    [Id(13)] public string? Warning { get; init; }

    /// <summary>The searchers of a campaign that runs on this silo; empty without any.</summary>
    [Id(14)] public ImmutableArray<SearcherStatus> Searchers { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The GPU whose memory a campaign of a cluster holds, as silo/number; null for none.</summary>
    [Id(15)] public string? Accelerator { get; init; }

    /// <summary>Place in the queue for a GPU, 1 for the next; null when it does not wait.</summary>
    [Id(16)] public int? QueuePosition { get; init; }
}
