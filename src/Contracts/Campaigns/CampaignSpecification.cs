using System.Collections.Immutable;

namespace Tempera.Contracts.Campaigns;

/// <summary>
/// What a campaign is asked to do. <see cref="Settings"/> holds every other setting by its snake_case name
/// (<c>conditioning</c>, <c>width</c>, <c>explore</c>, ...); unknown names and values out of range are refused.
/// </summary>
[GenerateSerializer, Immutable, Alias("tempera.campaign-specification")]
public sealed record CampaignSpecification
{
    /// <summary>Name of a built-in task, for example <c>rna1</c>.</summary>
    [Id(0)] public required string Task { get; init; }

    /// <summary>Rounds the campaign is meant to run; null takes the task's default. Range 1..10,000,000.</summary>
    [Id(1)] public int? Rounds { get; init; }

    /// <summary>Unique oracle calls after which the campaign completes; null for no limit. At least 1.</summary>
    [Id(2)] public long? Budget { get; init; }

    /// <summary>Root seed of all random streams. Default 0.</summary>
    [Id(3)] public ulong Seed { get; init; }

    /// <summary>Settings by snake_case name, as text.</summary>
    [Id(4)] public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
