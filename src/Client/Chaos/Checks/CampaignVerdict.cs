using Tempera.Client.Chaos.Load;
using Tempera.Silo.Rehearsals;

namespace Tempera.Client.Chaos.Checks;

/// <summary>Whether one campaign kept its promises.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Rounds">Rounds it was asked for.</param>
/// <param name="Epochs">Times it was opened.</param>
/// <param name="Evaluations">Distinct objects whose score was acknowledged.</param>
/// <param name="Lost">Those of them that the evaluation log lacks.</param>
/// <param name="Paid">Objects that oracles were asked for, repeats counted.</param>
/// <param name="InFlight">Objects paid for again because the call was lost with its silo.</param>
/// <param name="PaidAgain">Objects paid for again after their score had been acknowledged.</param>
/// <param name="PaidByOvertaken">The same, by a silo that had been overtaken and did not know it yet.</param>
/// <param name="RoundBreaks">Rounds that were skipped or repeated.</param>
/// <param name="TornCheckpoints">Checkpoints that do not match their manifest.</param>
/// <param name="Identical">Rounds and tensors are those of the undisturbed run, bit for bit.</param>
internal sealed record CampaignVerdict(
    string Campaign, int Rounds, long Epochs, int Evaluations, int Lost, int Paid, int InFlight, int PaidAgain, int PaidByOvertaken,
    int RoundBreaks, int TornCheckpoints, bool Identical)
{
    /// <summary>True when nothing was lost, paid twice, skipped, repeated, torn or different.</summary>
    public bool IsGood => Lost == 0 && PaidAgain == 0 && RoundBreaks == 0 && TornCheckpoints == 0 && Identical;

    /// <summary>Judges a campaign by what it left, by the journals and by its undisturbed run.</summary>
    public static CampaignVerdict Of(ChaosCampaign campaign, RehearsalEvidence evidence, JournalAudit journal, RehearsalEvidence reference) => new(
        campaign.Id, campaign.Rounds, evidence.Epoch, journal.Acknowledged.Count,
        journal.Acknowledged.Count(item => !evidence.Objects.Contains(item)), journal.Paid, journal.InFlight, journal.PaidAgain, journal.PaidByOvertaken,
        evidence.Breaks.Count + Math.Abs(evidence.Rounds.Count - campaign.Rounds), evidence.Damage.Count,
        evidence.Rounds.SequenceEqual(reference.Rounds) && evidence.DigestRound == reference.DigestRound && evidence.Digest == reference.Digest);
}
