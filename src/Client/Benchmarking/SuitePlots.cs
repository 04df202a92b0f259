using Tempera.Client.Engine;
using Tempera.Client.Reporting.Charts;

namespace Tempera.Client.Benchmarking;

/// <summary>The plots of a suite: the mean over the seeds, an arm a line.</summary>
internal static class SuitePlots
{
    private const int Points = 100;

    /// <summary>The plots of one task, each with the name of its file.</summary>
    public static IEnumerable<(string Name, Chart Chart)> Of(Suite suite, IReadOnlyList<SuiteRun> runs, ITargetFacts? target)
    {
        var (task, arms) = (runs[0].Task.Name, runs.GroupBy(static run => run.Arm.Label).ToList());
        if (suite.IsOffline)
        {
            yield return ($"{task}-scores", new($"{task}: mean score over beta", "Mean over the seeds; exact where the space is enumerable.",
                new("inverse temperature beta", Log: true), new("mean raw score of the policy", Minimum: 0, Maximum: 1), [.. arms.Select((arm, i) => Scores(suite, arm, i))]));
        }
        else
        {
            yield return ($"{task}-modes", Modes(task, runs, arms, target));
        }

        yield return ($"{task}-loss", new($"{task}: training loss", "Loss of replayed objects (of proposals where nothing is replayed), mean over the seeds.",
            new("round", Minimum: 0), new("loss, squared nats", Log: true), [.. arms.Select(static (arm, i) => Loss(arm, i)).Where(static series => series.X.Count > 0)]));
    }

    private static Chart Modes(string task, IReadOnlyList<SuiteRun> runs, List<IGrouping<string, SuiteRun>> arms, ITargetFacts? target)
    {
        var calls = (double)runs.Max(static run => run.Snapshot.OracleCalls);
        var series = arms.Select((arm, i) => Curve(arm, i)).ToList();
        if (target is { ModeCounts.Count: > 0 })
        {
            var perfect = target.PerfectSampler(3, 3, [.. Enumerable.Range(0, 2 * Points).Select(i => calls * 3 * i / Points)]).TakeWhile(sample => sample.UniqueObjects <= calls).ToList();
            series.Add(new("perfect sampler, beta 3", SeriesStyle.Dashed, null, perfect.ConvertAll(static p => p.UniqueObjects), perfect.ConvertAll(static p => p.Modes)));
        }

        return new($"{task}: modes discovered", "Mean over the seeds.", new("unique oracle calls", Minimum: 0), new("modes", Minimum: 0), series);
    }

    /// <summary>The mean number of modes of the seeds at equal numbers of calls, as far as all of them got.</summary>
    private static Series Curve(IGrouping<string, SuiteRun> arm, int colour)
    {
        var shared = arm.Min(static run => run.Snapshot.OracleCalls);
        var x = Enumerable.Range(0, Points + 1).Select(i => (double)shared * i / Points).ToList();
        return new(arm.Key, SeriesStyle.Line, colour, x, x.ConvertAll(calls => arm.Average(run => At(run, calls))));
    }

    private static double At(SuiteRun run, double calls)
    {
        var (before, modes) = (0.0, 0.0);
        foreach (var s in run.Trace.Stretches)
        {
            if (s.OracleCalls >= calls)
            {
                return modes + ((s.Modes - modes) * (s.OracleCalls == before ? 1 : (calls - before) / (s.OracleCalls - before)));
            }

            (before, modes) = (s.OracleCalls, s.Modes);
        }

        return modes;
    }

    private static Series Scores(Suite suite, IGrouping<string, SuiteRun> arm, int colour)
    {
        var betas = suite.Betas.Where(beta => arm.All(run => run.Evaluations.Any(e => e.Beta == beta))).ToList();
        return new(arm.Key, SeriesStyle.Line, colour, betas.ConvertAll(static beta => (double)beta),
            betas.ConvertAll(beta => arm.Average(run => run.Evaluations.First(e => e.Beta == beta).MeanScoreModel)));
    }

    private static Series Loss(IGrouping<string, SuiteRun> arm, int colour)
    {
        var traces = arm.Select(static run => run.Trace.Stretches).ToList();
        var (count, x, y) = (traces.Min(static trace => trace.Count), new List<double>(), new List<double>());
        var width = Math.Max(1, count / Points);
        for (var i = 0; i + width <= count; i += width)
        {
            var values = traces.SelectMany(trace => trace.Skip(i).Take(width)).Select(static s => double.IsFinite(s.ReplayLoss) ? s.ReplayLoss : s.Loss).Where(double.IsFinite).ToList();
            if (values.Count > 0)
            {
                x.Add(traces[0][i + width - 1].Round);
                y.Add(values.Average());
            }
        }

        return new(arm.Key, SeriesStyle.Line, colour, x, y);
    }
}
