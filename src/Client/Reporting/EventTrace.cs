using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Reporting;

/// <summary>
/// Round events averaged over a bounded number of equal stretches of rounds: counts are those at a stretch's end, losses its
/// mean, betas its extremes.
/// </summary>
internal sealed class EventTrace
{
    private const int MaxStretches = 400;

    private EventTrace(IReadOnlyList<Stretch> stretches, CampaignEvent? last)
    {
        Stretches = stretches;
        Last = last;
    }

    /// <summary>The stretches, in order.</summary>
    public IReadOnlyList<Stretch> Stretches { get; }

    /// <summary>The last round event.</summary>
    public CampaignEvent? Last { get; }

    /// <summary>Smallest and largest beta explored; (1, 1) before the first round.</summary>
    public (double Minimum, double Maximum) BetaRange => Stretches.Count == 0
        ? (1, 1)
        : (Stretches.Min(static s => s.BetaMin), Stretches.Max(static s => s.BetaMax));

    /// <summary>Thins the round events of a log.</summary>
    /// <param name="events">The log.</param>
    /// <param name="rounds">Rounds it has.</param>
    public static EventTrace Of(IEnumerable<CampaignEvent> events, int rounds)
    {
        var length = Math.Max(1, (rounds + MaxStretches - 1) / MaxStretches);
        var stretches = new List<Stretch>();
        var open = new List<CampaignEvent>(length);
        CampaignEvent? last = null;
        foreach (var e in events.Where(static e => e.Kind == CampaignEventKinds.Round))
        {
            open.Add(last = e);
            if (open.Count == length)
            {
                stretches.Add(Stretch.Of(open));
                open.Clear();
            }
        }

        if (open.Count > 0)
        {
            stretches.Add(Stretch.Of(open));
        }

        return new(stretches, last);
    }
}

/// <summary>Some consecutive rounds as one point of a plot.</summary>
internal sealed record Stretch(
    int Round, long OracleCalls, int Modes, double BestScore, double MeanScore, double BetaMin, double BetaMax, double Loss, double ReplayLoss,
    double GradientNorm)
{
    /// <summary>Summarises rounds.</summary>
    public static Stretch Of(IReadOnlyList<CampaignEvent> rounds)
    {
        var end = rounds[^1];
        return new(end.Round, end.OracleCalls, end.Modes, end.BestScore, Mean(static e => e.MeanScore),
            rounds.Min(static e => e.BetaMin), rounds.Max(static e => e.BetaMax), Mean(static e => e.Loss), Mean(static e => e.ReplayLoss), Mean(static e => e.GradientNorm));

        double Mean(Func<CampaignEvent, double> value) =>
            rounds.Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
    }
}
