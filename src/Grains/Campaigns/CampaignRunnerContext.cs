using Microsoft.Extensions.Logging;

namespace Tempera.Grains.Campaigns;

/// <summary>What a runner needs of its grain.</summary>
internal sealed record CampaignRunnerContext
{
    /// <summary>Campaign id.</summary>
    public required string CampaignId { get; init; }

    /// <summary>The document.</summary>
    public required CampaignDocumentStore Documents { get; init; }

    /// <summary>The event log.</summary>
    public required CampaignEventLog Events { get; init; }

    /// <summary>The watchers.</summary>
    public required CampaignEventHub Hub { get; init; }

    /// <summary>The grain's log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Opens the campaign's grains again, under a new epoch.</summary>
    public required Func<Task<CampaignSession>> Reopen { get; init; }

    /// <summary>Says where the trainer is now.</summary>
    public required Func<string> Seat { get; init; }

    /// <summary>Keeps the activation from being collected as idle.</summary>
    public required Action KeepAlive { get; init; }

    /// <summary>True when somebody else carries on a campaign that stopped while its document says Running.</summary>
    public required bool Revives { get; init; }

    /// <summary>Remembers a failure that could not be written.</summary>
    public required Action<string> Fail { get; init; }

    /// <summary>Ends the activation because another writer has taken over.</summary>
    public required Action<Exception> Abandon { get; init; }
}
