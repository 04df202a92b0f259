using System.Text.Json;
using System.Text.Json.Serialization;

using Tempera.Contracts.Campaigns;
using Tempera.Grains.Searching;

namespace Tempera.Grains.Campaigns;

/// <summary>What a checkpoint keeps of a campaign beside the learner.</summary>
internal sealed record CampaignProgress
{
    /// <summary>The specification, with which the checkpoint must be resumed.</summary>
    public required CampaignSpecification Specification { get; init; }

    /// <summary>What was reached.</summary>
    public required CampaignCounters Counters { get; init; }

    /// <summary>Wall seconds spent on the committed rounds.</summary>
    public required double Seconds { get; init; }

    /// <summary>CPU seconds spent on them.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>What the replay buffer keeps.</summary>
    public required JsonElement Replay { get; init; }

    /// <summary>What the searchers keep; null without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchProgress? Search { get; init; }
}
