using System.Globalization;
using System.Text;

using Tempera.Client.Exports;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Benchmarking;

/// <summary>The results of a suite as CSV for programs and as Markdown for people.</summary>
internal static class SuiteTables
{
    /// <summary>One row a run and, where the policy was evaluated, a beta.</summary>
    public static string Results(IReadOnlyList<SuiteRun> runs)
    {
        var text = new StringBuilder("task,arm,seed,rounds,oracle_calls,modes,known_modes,calls_to_half,calls_to_ninety,modes_area,best_score,final_loss,loss_spread,gradient_norm,seconds,beta,exact,tv,jsd,log_z_error,mean_score_model,mean_score_target,top_score,top_diversity,score_tv,score_tv_noise\n");
        foreach (var run in runs)
        {
            foreach (var e in run.Evaluations.IsEmpty ? [null] : run.Evaluations.Select(static e => (EvaluationRecord?)e))
            {
                text.AppendJoin(',', Csv.Field(run.Task.Name), Csv.Field(run.Arm.Label), Text(run.Seed), Text(run.Snapshot.Round), Text(run.Snapshot.OracleCalls),
                    Text(run.Snapshot.Modes), Text(run.Snapshot.KnownModes), Text(run.Discovery.CallsToHalf), Text(run.Discovery.CallsToNinety), Text(run.Discovery.ModesArea),
                    Text(run.Snapshot.BestScore), Text(run.FinalLoss), Text(run.LossSpread), Text(run.GradientNorm), Text(run.Seconds),
                    Text(e?.Beta), e is null ? "" : e.Exact ? "true" : "false", Text(e?.Tv), Text(e?.Jsd), Text(LogZError(e)),
                    Text(e?.MeanScoreModel), Text(e?.MeanScoreTarget), Text(e?.TopScore), Text(e?.TopDiversity), Text(e?.ScoreTv), Text(e?.ScoreTvNoise)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The thinned rounds of every run.</summary>
    public static string Curves(IReadOnlyList<SuiteRun> runs)
    {
        var text = new StringBuilder("task,arm,seed,round,oracle_calls,modes,best_score,mean_score,loss,replay_loss,gradient_norm\n");
        foreach (var run in runs)
        {
            var stride = Math.Max(1, run.Trace.Stretches.Count / 50);
            foreach (var s in run.Trace.Stretches.Where((_, i) => (i + 1) % stride == 0))
            {
                text.AppendJoin(',', Csv.Field(run.Task.Name), Csv.Field(run.Arm.Label), Text(run.Seed), Text(s.Round), Text(s.OracleCalls), Text(s.Modes), Text(s.BestScore),
                    Text(s.MeanScore), Text(s.Loss), Text(s.ReplayLoss), Text(s.GradientNorm)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>A table a task: mean ± standard error over the seeds.</summary>
    public static string Summary(Suite suite, IReadOnlyList<SuiteRun> runs)
    {
        var text = new StringBuilder();
        foreach (var task in runs.GroupBy(static run => run.Task.Name))
        {
            var arms = task.GroupBy(static run => run.Arm.Label).ToList();
            text.Append(CultureInfo.InvariantCulture, $"## {task.Key}\n\n");
            Table(text, arms, suite.IsOffline ? Scores(suite) : Discovery(task.First(), suite));
        }

        return text.ToString();
    }

    private static (string Title, Func<SuiteRun, double?> Figure)[] Discovery(SuiteRun first, Suite suite) =>
    [
        ("unique calls", static run => run.Snapshot.OracleCalls),
        (first.Snapshot.KnownModes is { } known ? string.Create(CultureInfo.InvariantCulture, $"modes of {known}") : "modes", static run => run.Snapshot.Modes),
        ("modes at 10,000 calls", static run => run.ModesAt(10_000)),
        ("modes at 25,000 calls", static run => run.ModesAt(25_000)),
        ("calls to 50 %", static run => run.Discovery.CallsToHalf),
        ("calls to 90 %", static run => run.Discovery.CallsToNinety),
        ("area under the curve", static run => run.Discovery.ModesArea),
        ("best score", static run => run.Snapshot.BestScore),
        .. suite.Betas.Select(beta => (string.Create(CultureInfo.InvariantCulture, $"TV at beta {beta}"), (Func<SuiteRun, double?>)(run => At(run, beta)?.Tv))),
        ("final loss", static run => run.FinalLoss),
        ("spread of the loss", static run => run.LossSpread),
        ("gradient norm", static run => run.GradientNorm),
    ];

    private static (string Title, Func<SuiteRun, double?> Figure)[] Scores(Suite suite) =>
    [
        .. suite.Betas.Select(beta => (string.Create(CultureInfo.InvariantCulture, $"mean score at {beta}"), (Func<SuiteRun, double?>)(run => At(run, beta)?.MeanScoreModel))),
        ("best of the data", static run => run.Snapshot.BestScore),
        ("final loss", static run => run.FinalLoss),
    ];

    private static double? LogZError(EvaluationRecord? e) => Math.Abs(e?.LogZModel - e?.LogZTarget ?? double.NaN);

    private static EvaluationRecord? At(SuiteRun run, float beta) => run.Evaluations.FirstOrDefault(e => e.Beta == beta);

    private static void Table(StringBuilder text, List<IGrouping<string, SuiteRun>> arms, (string Title, Func<SuiteRun, double?> Figure)[] columns)
    {
        var shown = columns.Where(column => arms.Any(arm => Statistic.Of(arm, column.Figure).Count > 0)).ToList();
        text.Append("| |").AppendJoin('|', shown.Select(static column => $" {column.Title} ")).Append("|\n|---|").Insert(text.Length, "---|", shown.Count).Append('\n');
        foreach (var arm in arms)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {arm.Key} |").AppendJoin('|', shown.Select(column => $" {Statistic.Of(arm, column.Figure)} ")).Append("|\n");
        }

        text.Append('\n');
    }

    private static string Text<T>(T? value)
        where T : struct, IFormattable => value is { } known ? Text(known) : "";

    private static string Text<T>(T value)
        where T : struct, IFormattable => value is double number && !double.IsFinite(number) ? ""
            : value.ToString(value is double or float ? "G6" : null, CultureInfo.InvariantCulture);
}
