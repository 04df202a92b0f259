namespace Tempera.Contracts.Campaigns;

/// <summary>The kinds of a <see cref="CampaignEvent"/>.</summary>
public static class CampaignEventKinds
{
    /// <summary>A round was committed.</summary>
    public const string Round = "round";

    /// <summary>A checkpoint is durable.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The campaign's state changed.</summary>
    public const string State = "state";

    /// <summary>Something a person should know.</summary>
    public const string Warning = "warning";

    /// <summary>Nothing happened; the campaign is alive.</summary>
    public const string Heartbeat = "heartbeat";
}
