using System.Diagnostics;

using Tempera.Model.Engines.Simd;

namespace Tempera.Silo.Tools.Benchmarking;

/// <summary>What the engine's matrix kernel reaches on one core of this machine while its operands stay in the nearest cache.</summary>
internal static class PeakMeter
{
    private const int Trials = 60;
    private static readonly TimeSpan ShortestTrial = TimeSpan.FromMilliseconds(2);

    /// <summary>The best of many short trials, in GFLOP/s: a disturbed trial only ever reads low.</summary>
    public static double Measure()
    {
        using var peak = new MatrixPeak();
        var repetitions = 1;
        while (Time(peak, repetitions).Elapsed < ShortestTrial)
        {
            repetitions *= 2;
        }

        return Enumerable.Range(0, Trials).Select(_ => Time(peak, repetitions)).Max(static trial => trial.Operations / trial.Elapsed.TotalSeconds / 1e9);
    }

    private static (long Operations, TimeSpan Elapsed) Time(MatrixPeak peak, int repetitions)
    {
        var start = Stopwatch.GetTimestamp();
        var operations = peak.Run(repetitions);
        return (operations, Stopwatch.GetElapsedTime(start));
    }
}
