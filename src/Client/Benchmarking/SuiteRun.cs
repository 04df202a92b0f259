using System.Collections.Immutable;

using Tempera.Client.Reporting;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Benchmarking;

/// <summary>What one run of a suite came to.</summary>
/// <param name="Task">Design problem.</param>
/// <param name="Arm">What was compared.</param>
/// <param name="Seed">Root seed.</param>
internal sealed record SuiteRun(SuiteTask Task, SuiteArm Arm, ulong Seed)
{
    /// <summary>The campaign's last state.</summary>
    public required CampaignSnapshot Snapshot { get; init; }

    /// <summary>How soon the modes were found.</summary>
    public required Discovery Discovery { get; init; }

    /// <summary>Rounds, thinned.</summary>
    public required EventTrace Trace { get; init; }

    /// <summary>The policy against its target; empty for a method without a policy.</summary>
    public required ImmutableArray<EvaluationRecord> Evaluations { get; init; }

    /// <summary>Wall seconds of the rounds.</summary>
    public required double Seconds { get; init; }

    /// <summary>True when an earlier command had begun it.</summary>
    public required bool IsResumed { get; init; }

    /// <summary>Mean loss of replay over the last quarter of the rounds; NaN where nothing was replayed.</summary>
    public double FinalLoss => Mean(static s => s.ReplayLoss is var replay && double.IsNaN(replay) ? s.Loss : replay);

    /// <summary>Standard deviation of that loss between the stretches of the last quarter, as a share of its mean.</summary>
    public double LossSpread
    {
        get
        {
            var (values, mean) = (Last(static s => s.ReplayLoss is var replay && double.IsNaN(replay) ? s.Loss : replay), FinalLoss);
            return values.Count < 2 ? double.NaN : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)) / mean;
        }
    }

    /// <summary>Mean norm of P_F's gradient over the last quarter, before clipping.</summary>
    public double GradientNorm => Mean(static s => s.GradientNorm);

    /// <summary>Modes found with at most so many unique oracle calls, to a stretch's length; null where the run ended with fewer.</summary>
    public double? ModesAt(long calls) => Snapshot.OracleCalls < calls ? null : Trace.Stretches.LastOrDefault(s => s.OracleCalls <= calls)?.Modes ?? 0;

    private double Mean(Func<Stretch, double> value) => Last(value).DefaultIfEmpty(double.NaN).Average();

    private List<double> Last(Func<Stretch, double> value) =>
        [.. Trace.Stretches.Skip(Trace.Stretches.Count * 3 / 4).Select(value).Where(double.IsFinite)];
}
