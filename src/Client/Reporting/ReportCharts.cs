using System.Globalization;

using Tempera.Client.Reporting.Charts;

namespace Tempera.Client.Reporting;

/// <summary>The plots of a report, each over all its campaigns.</summary>
internal static class ReportCharts
{
    /// <summary>All plots that the campaigns have data for.</summary>
    public static IEnumerable<Chart> All(IReadOnlyList<CampaignReport> campaigns)
    {
        yield return Discovery(campaigns);
        foreach (var beta in campaigns.SelectMany(static campaign => campaign.Samples).Select(static drawn => drawn.Beta).Distinct().Order())
        {
            yield return Scores(campaigns, beta);
        }

        yield return Progress(campaigns);
        yield return Betas(campaigns);
        if (campaigns.Any(static campaign => !campaign.Curves.Betas.IsEmpty))
        {
            yield return Loss(campaigns);
            yield return LogZ(campaigns);
        }

        if (campaigns.Any(static campaign => campaign.Curves.ForwardScale.Length > 0))
        {
            yield return LogitScale(campaigns);
        }
    }

    private static Chart Discovery(IReadOnlyList<CampaignReport> campaigns)
    {
        var series = Over(campaigns, static (c, i) => Trace(c, i, c.Label, SeriesStyle.Line, static s => s.OracleCalls, static s => s.Modes)).ToList();
        var first = campaigns[0];
        var calls = campaigns.Max(static campaign => (double)campaign.Snapshot.OracleCalls);
        if (SameTask(campaigns) && first.Target is { ModeCounts.Count: > 0 } target && calls > 0)
        {
            var (low, high) = (Math.Round(first.Betas.Minimum, 1), Math.Round(first.Betas.Maximum, 1));
            var perfect = target.PerfectSampler(low, high, Draws(calls)).TakeWhile(sample => sample.UniqueObjects <= calls * 1.02).ToList();
            var betas = low == high ? $"beta {low:0.#}" : $"beta {low:0.#} to {high:0.#}";
            series.Add(new($"perfect sampler, {betas}", SeriesStyle.Dashed, null, perfect.ConvertAll(static p => p.UniqueObjects), perfect.ConvertAll(static p => p.Modes)));
        }

        if (SameTask(campaigns) && first.Snapshot.KnownModes is { } known)
        {
            series.Add(new($"all {known} known modes", SeriesStyle.Line, null, [0, calls], [known, known]));
        }

        var reference = series.Exists(static one => one.Style is SeriesStyle.Dashed) ? " The dashed curve is what independent draws from the exact target would find." : "";
        return new("Modes discovered", "Higher sooner is better." + reference,
            new("unique oracle calls", Minimum: 0), new("modes", Minimum: 0), series);
    }

    private static Chart Scores(IReadOnlyList<CampaignReport> campaigns, float beta)
    {
        var target = SameTask(campaigns) ? campaigns[0].Target : null;
        var drawn = campaigns.Select((campaign, index) => (Campaign: campaign, Index: index,
            Scores: campaign.Samples.Where(sample => sample.Beta == beta).SelectMany(static sample => sample.Objects).Select(static o => o.Score ?? double.NaN).Where(double.IsFinite).ToList()))
            .Where(static entry => entry.Scores.Count > 0).ToList();
        var bins = ScoreBins.Of(drawn.SelectMany(static entry => entry.Scores), target, beta);
        var series = new List<Series>();
        if (target is not null)
        {
            series.Add(new("exact target", SeriesStyle.Filled, null, bins.Centres, bins.Count(target.Scores, target.Probabilities(beta))));
        }

        series.AddRange(drawn.Select(entry => new Series($"{entry.Campaign.Label}, {entry.Scores.Count} samples", SeriesStyle.Steps, entry.Index, bins.Centres,
            bins.Count(entry.Scores, [.. Enumerable.Repeat(1.0 / entry.Scores.Count, entry.Scores.Count)]))));
        var text = beta.ToString("0.##", CultureInfo.InvariantCulture);
        return new($"Scores at beta {text}", "Samples of the policy against the distribution it should have: the closer the outlines, the better.",
            new("raw score", Minimum: bins.Low, Maximum: bins.High), new("share of objects", Minimum: 0), series);
    }

    private static Chart Progress(IReadOnlyList<CampaignReport> campaigns) => new(
        "Scores of proposals", "Solid: mean score of a round's proposals. Dashed: best score found so far.", new("round", Minimum: 0), new("raw score"),
        [
            .. Over(campaigns, static (c, i) => Trace(c, i, c.Label + ", mean", SeriesStyle.Line, static s => s.Round, static s => s.MeanScore)),
            .. Over(campaigns, static (c, i) => Trace(c, i, c.Label + ", best", SeriesStyle.Dashed, static s => s.Round, static s => s.BestScore)),
        ]);

    private static Chart Betas(IReadOnlyList<CampaignReport> campaigns) => new(
        "Exploration betas", "Smallest to largest inverse temperature that a round explored at.", new("round", Minimum: 0), new("inverse temperature beta", Minimum: 0),
        [.. Over(campaigns, static (c, i) => new Series(c.Label, SeriesStyle.Band, i,
            Points(c, static s => s.Round), Points(c, static s => s.BetaMin), Points(c, static s => s.BetaMax)))]);

    private static Chart Loss(IReadOnlyList<CampaignReport> campaigns) => new(
        "Training loss", "Moving averages. Solid: loss on proposals. Dashed: loss on replayed objects.", new("round", Minimum: 0), new("loss, squared nats", Log: true),
        [
            .. Over(campaigns, static (c, i) => Smooth(Trace(c, i, c.Label, SeriesStyle.Line, static s => s.Round, static s => s.Loss))),
            .. Over(campaigns, static (c, i) => Smooth(Trace(c, i, c.Label + ", replay", SeriesStyle.Dashed, static s => s.Round, static s => s.ReplayLoss))),
        ]);

    private static Chart LogZ(IReadOnlyList<CampaignReport> campaigns)
    {
        var series = Over(campaigns, static (c, i) => Curve(c, i, c.Label, SeriesStyle.Line, c.Curves.LogZ)).ToList();
        if (SameTask(campaigns) && campaigns.FirstOrDefault(static campaign => campaign.Target is not null && !campaign.Curves.Betas.IsEmpty) is { Target: { } target } known)
        {
            var betas = known.Curves.Betas.Select(static beta => (double)beta).ToList();
            series.Add(new("exact", SeriesStyle.Dashed, null, betas, betas.ConvertAll(target.LogZ)));
        }

        return new("log Z over beta", "What the model has learned as the logarithm of the partition function; betas outside the training range are extrapolation.",
            new("inverse temperature beta"), new("log Z, nats"), series);
    }

    private static Chart LogitScale(IReadOnlyList<CampaignReport> campaigns) => new(
        "Logit scale f(beta)", "How the policy sharpens with beta. Solid: forward policy. Dashed: backward policy.", new("inverse temperature beta"), new("logit scale f"),
        [
            .. Over(campaigns, static (c, i) => Curve(c, i, c.Label + ", forward", SeriesStyle.Line, c.Curves.ForwardScale)),
            .. Over(campaigns, static (c, i) => Curve(c, i, c.Label + ", backward", SeriesStyle.Dashed, c.Curves.BackwardScale)),
        ]);

    private static bool SameTask(IReadOnlyList<CampaignReport> campaigns) => campaigns.Select(static campaign => campaign.Task.Name).Distinct().Count() == 1;

    private static IEnumerable<Series> Over(IReadOnlyList<CampaignReport> campaigns, Func<CampaignReport, int, Series> series) =>
        campaigns.Select(series).Where(static one => one.X.Count > 0 && one.Y.Any(double.IsFinite));

    private static Series Trace(CampaignReport campaign, int colour, string name, SeriesStyle style, Func<Stretch, double> x, Func<Stretch, double> y) =>
        new(name, style, colour, Points(campaign, x), Points(campaign, y));

    /// <summary>Averages every point with its neighbours, a thirtieth of the curve on either side at most.</summary>
    private static Series Smooth(Series series)
    {
        var reach = series.Y.Count / 30;
        return series with
        {
            Y = [.. Enumerable.Range(0, series.Y.Count).Select(i =>
            {
                var near = Math.Min(reach, Math.Min(i, series.Y.Count - 1 - i));
                return series.Y.Skip(i - near).Take((2 * near) + 1).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
            })],
        };
    }

    private static Series Curve(CampaignReport campaign, int colour, string name, SeriesStyle style, IReadOnlyList<double> values) => values.Count == 0
        ? new(name, style, colour, [], [])
        : new(name, style, colour, [.. campaign.Curves.Betas.Select(static beta => (double)beta)], values);

    private static List<double> Points(CampaignReport campaign, Func<Stretch, double> value) => [.. campaign.Trace.Stretches.Select(value)];

    /// <summary>Numbers of draws that span few to many unique objects evenly on a linear axis.</summary>
    private static double[] Draws(double calls) =>
        [.. Enumerable.Range(0, 121).Select(i => calls * i / 100), .. Enumerable.Range(1, 60).Select(i => calls * 1.2 * Math.Pow(1.12, i))];
}
