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
    /// <returns>What was found; null while the search is under way: the same request, made again, waits on.</returns>
    [Alias("Search"), AlwaysInterleave]
    Task<SearchReport?> Search(SearchRequest request);
}
