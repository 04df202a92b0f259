using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Reporting;

/// <summary>How soon a campaign found the known modes, in unique oracle calls: the field's headline figures.</summary>
/// <param name="CallsToHalf">Unique calls after which half of the known modes were found; null where they were not, or are not known.</param>
/// <param name="CallsToNinety">The same for 90 %.</param>
/// <param name="ModesArea">
/// Area under the curve of modes against unique calls, as a share of calls times known modes: the mean share of modes found over
/// all calls; null where the number of modes is not known.
/// </param>
internal sealed record Discovery(long? CallsToHalf, long? CallsToNinety, double? ModesArea)
{
    /// <summary>Reads the figures off a campaign's evaluations, which are in the order of its unique calls.</summary>
    public static async Task<Discovery> Of(ICampaignGrain campaign, IAsyncEnumerable<EvaluatedObject> evaluations)
    {
        var (snapshot, modes) = (await campaign.Status(), (await campaign.Modes()).Select(static mode => mode.Object).ToHashSet(StringComparer.Ordinal));
        var (calls, found) = (0L, new List<long>(modes.Count));
        await foreach (var item in evaluations)
        {
            calls++;
            if (modes.Contains(item.Object))
            {
                found.Add(calls);
            }
        }

        return Of(found, calls, snapshot.KnownModes);
    }

    /// <summary>The figures from the call at which each mode was found, in ascending order.</summary>
    public static Discovery Of(IReadOnlyList<long> found, long calls, int? known)
    {
        if (known is not { } all || all == 0)
        {
            return new Discovery(null, null, null);
        }

        // A mode found at call c counts in the steps c to the last.
        var area = calls == 0 ? 0 : found.Sum(call => calls - call + 1.0) / calls / all;
        return new Discovery(At(0.5), At(0.9), area);

        long? At(double share) => (int)Math.Ceiling(share * all) is var needed && needed <= found.Count ? found[needed - 1] : null;
    }
}
