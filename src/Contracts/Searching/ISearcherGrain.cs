using Orleans.Concurrency;

namespace Tempera.Contracts.Searching;

/// <summary>
/// A sampling replica of a campaign's policy on any silo (key: campaign id + "/" + searcher). It keeps nothing that a request does not
/// bring or storage does not have, so it may be lost at any time.
/// </summary>
[Alias("tempera.searcher")]
public interface ISearcherGrain : IGrainWithStringKey
{
    /// <summary>
    /// Draws a search's trajectories from a published policy and has their objects scored. The same request draws the same
    /// trajectories; several may be under way at once.
    /// </summary>
    [Alias("Search"), AlwaysInterleave, ResponseTimeout("06:00:00")]
    Task<SearchReport> Search(SearchRequest request);
}
