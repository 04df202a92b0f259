namespace Tempera.Contracts.Campaigns;

/// <summary>States of a campaign. Values are durable: append, never renumber.</summary>
[GenerateSerializer, Alias("tempera.campaign-state")]
public enum CampaignState
{
    /// <summary>No specification has been accepted under this id.</summary>
    Unknown = 0,

    /// <summary>Accepted; no round asked for yet.</summary>
    Created = 1,

    /// <summary>Rounds are being run.</summary>
    Running = 2,

    /// <summary>Stopped at a round boundary with a checkpoint; Resume carries on.</summary>
    Paused = 3,

    /// <summary>The target or the budget is reached; Discover raises the target.</summary>
    Completed = 4,

    /// <summary>Stopped by an error that the snapshot names; Resume tries again.</summary>
    Failed = 5,

    /// <summary>Stopped for good.</summary>
    Cancelled = 6,
}
