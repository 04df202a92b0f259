using System.Collections.Immutable;

using Tempera.Contracts.Campaigns;

namespace Tempera.Silo.Tests;

/// <summary>A campaign of a second: a 4x4 grid and small networks.</summary>
internal static class SmallCampaign
{
    public static readonly CampaignSpecification Specification = new()
    {
        Task = "hypergrid",
        Rounds = 1000,
        Settings = new Dictionary<string, string> { ["side"] = "4", ["width"] = "8", ["batch"] = "8", ["replay_batch"] = "8", ["threads"] = "1" }
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    /// <summary>Creates the campaign if need be, asks for some rounds and returns when they are committed.</summary>
    public static async Task<CampaignSnapshot> Run(ICampaignGrain campaign, int rounds)
    {
        var before = await campaign.Create(Specification);
        await campaign.Discover(new DiscoverRequest($"from-{before.Round}", rounds));
        await foreach (var _ in campaign.Watch(0))
        {
        }

        return await campaign.Status();
    }
}
