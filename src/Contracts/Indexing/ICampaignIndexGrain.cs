using Orleans.Concurrency;

namespace Tempera.Contracts.Indexing;

/// <summary>The list of campaigns (key: 0), and who looks after those that run.</summary>
[Alias("tempera.campaign-index")]
public interface ICampaignIndexGrain : IGrainWithIntegerKey
{
    /// <summary>Makes a campaign known, and watched over until it no longer runs; repeated calls change nothing.</summary>
    [Alias("Register"), AlwaysInterleave]
    Task Register(string campaignId);

    /// <summary>Ids of all campaigns that storage holds, in order.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<IReadOnlyList<string>> List();

    /// <summary>Has every running campaign that lost its silo carried on elsewhere. Returns at once; any silo may ask at any time.</summary>
    [Alias("Sweep"), AlwaysInterleave]
    Task Sweep();
}
