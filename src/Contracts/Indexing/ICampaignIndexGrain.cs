namespace Tempera.Contracts.Indexing;

/// <summary>The list of campaigns (key: 0).</summary>
[Alias("tempera.campaign-index")]
public interface ICampaignIndexGrain : IGrainWithIntegerKey
{
    /// <summary>Makes a campaign known; repeated calls change nothing.</summary>
    [Alias("Register")]
    Task Register(string campaignId);

    /// <summary>Ids of all campaigns that storage holds, in order.</summary>
    [Alias("List")]
    Task<IReadOnlyList<string>> List();
}
