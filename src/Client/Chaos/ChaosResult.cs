using Tempera.Client.Chaos.Checks;

namespace Tempera.Client.Chaos;

/// <summary>What a rehearsal found.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Seconds">How long it took, without the checks.</param>
/// <param name="Silos">Silos that were started.</param>
/// <param name="Faults">The faults.</param>
/// <param name="Campaigns">The campaigns.</param>
internal sealed record ChaosResult(
    ulong Seed, double Seconds, int Silos, IReadOnlyList<FaultRecord> Faults, IReadOnlyList<CampaignVerdict> Campaigns)
{
    /// <summary>The sums.</summary>
    public ChaosTotals Totals => new(
        Seed, Math.Round(Seconds, 1), Faults.Count, Silos, Campaigns.Count, Campaigns.Sum(static campaign => campaign.Rounds),
        Campaigns.Sum(static campaign => campaign.Epochs), Campaigns.Sum(static campaign => campaign.Evaluations),
        Campaigns.Sum(static campaign => campaign.Lost), Campaigns.Sum(static campaign => campaign.Paid),
        Campaigns.Sum(static campaign => campaign.InFlight), Campaigns.Sum(static campaign => campaign.PaidAgain),
        Campaigns.Sum(static campaign => campaign.PaidByOvertaken), Campaigns.Sum(static campaign => campaign.RoundBreaks),
        Campaigns.Sum(static campaign => campaign.TornCheckpoints), Campaigns.Count(static campaign => !campaign.Identical),
        Campaigns.Count > 0 && Campaigns.All(static campaign => campaign.IsGood));
}
