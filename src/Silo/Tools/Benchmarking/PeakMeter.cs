using System.Diagnostics;

using Tempera.Model.Engines.Simd;

namespace Tempera.Silo.Tools.Benchmarking;

/// <summary>What the engine's matrix kernel reaches on one core of this machine while its operands stay in the nearest cache.</summary>
internal static class PeakMeter
{
    private const int Trials = 40;
    private const int RepetitionsPerTrial = 500;

    /// <summary>The best of many short trials, in GFLOP/s: a disturbed trial only ever reads low.</summary>
    public static double Measure()
    {
        using var peak = new MatrixPeak();
        var best = 0.0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var start = Stopwatch.GetTimestamp();
            var operations = peak.Run(RepetitionsPerTrial);
            best = Math.Max(best, operations / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
        }

        return best;
    }
}
