using System.Collections.Immutable;
using System.Diagnostics;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Tasks;
using Tempera.Model.Baselines;
using Tempera.Model.Engines;
using Tempera.Model.Settings;
using Tempera.Silo.Devices;
using Tempera.Silo.Tools.Benchmarking;

namespace Tempera.Silo.Tools;

/// <summary>Measures what a round costs on this machine.</summary>
public static class RoundBenchmark
{
    private const int MostRounds = 100_000;
    private const int MostPairs = 50;

    /// <summary>Runs the benchmark on the calling thread; takes as long as its rounds do.</summary>
    /// <exception cref="TemperaException">UnknownTask, InvalidSetting, or Device where the batch does not fit into the device's memory.</exception>
    public static RoundBenchmarkResult Run(RoundBenchmarkOptions options)
    {
        var campaign = Resolve(options);
        RoundBenchmarkResult result;
        try
        {
            result = MeasureDirect(campaign, options);
        }
        catch (OutOfDeviceMemoryException error)
        {
            throw new TemperaException(TemperaError.Device, error.Message, error);
        }

        return options.ThroughGrains
            ? result with { Grains = GrainsBenchmark.CompareAsync(campaign, options, CancellationToken.None).GetAwaiter().GetResult() }
            : result;
    }

    private static ResolvedSpecification Resolve(RoundBenchmarkOptions options)
    {
        CheckRange("rounds", options.Rounds, 1, MostRounds);
        CheckRange("warm-up", options.WarmUp, 0, MostRounds);
        CheckRange("pairs", options.Pairs, 1, MostPairs);
        var settings = options.Settings.ToImmutableSortedDictionary(StringComparer.Ordinal);
        var specification = new CampaignSpecification
        {
            Task = options.Task,
            Seed = options.Seed,
            Rounds = options.WarmUp + options.Rounds * options.Pairs,
            Settings = settings.ContainsKey("threads") ? settings : settings.Add("threads", "1"),
        };
        var resolved = new SpecificationResolver(new BenchmarkTasks()).Resolve(specification);
        return MethodCatalog.HasPolicy(resolved.Settings.Method)
            ? resolved
            : throw new TemperaException(TemperaError.InvalidSetting,
                $"A benchmark of rounds times a policy; received method={resolved.Settings.Method}, which has none. Leave method out.");
    }

    private static RoundBenchmarkResult MeasureDirect(ResolvedSpecification campaign, RoundBenchmarkOptions options)
    {
        using var rounds = new DirectRounds(campaign, DeviceEngineFactory.OfProcess());
        for (var i = 0; i < options.WarmUp; i++)
        {
            rounds.Next();
        }

        var (cpu, wall) = (new double[options.Rounds], new double[options.Rounds]);
        var peak = PeakMeter.Measure();
        var (waits, waited) = (rounds.Waits, rounds.Waited);
        var (flops, bytes) = (rounds.MatrixFlops, GC.GetTotalAllocatedBytes(precise: true));
        for (var i = 0; i < options.Rounds; i++)
        {
            var (cpuStart, wallStart) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            rounds.Next();
            cpu[i] = (Environment.CpuUsage.TotalTime - cpuStart).TotalMilliseconds;
            wall[i] = Stopwatch.GetElapsedTime(wallStart).TotalMilliseconds;
        }

        (flops, bytes) = (rounds.MatrixFlops - flops, GC.GetTotalAllocatedBytes(precise: true) - bytes);

        // The clock of a shared or warming core moves, so the peak is that of before or after, whichever is higher.
        peak = Math.Max(peak, PeakMeter.Measure());
        var gflop = flops / 1e9 / options.Rounds;
        return new RoundBenchmarkResult
        {
            Task = options.Task,
            Device = campaign.Settings.Device,
            Threads = campaign.Settings.Threads,
            Batch = campaign.Settings.Batch,
            Width = campaign.Settings.Width,
            Parametrization = campaign.Settings.Parametrization == Parametrization.Ssr ? "ssr" : "sa",
            Rounds = options.Rounds,
            CpuMsPerRound = Statistics.Median(cpu),
            WallMsPerRound = Statistics.Median(wall),
            GflopPerRound = gflop,
            PeakGflops = peak,
            ShareOfPeak = gflop / (Statistics.Median(cpu) / 1e3) / peak,
            AllocatedBytesPerRound = (double)bytes / options.Rounds,
            WaitsPerRound = (double)(rounds.Waits - waits) / options.Rounds,
            WaitShare = (rounds.Waited - waited).TotalMilliseconds / wall.Sum(),
            TrajectoriesPerSecond = (campaign.Settings.Batch + campaign.Settings.ReplayBatch) * 1e3 / Statistics.Median(wall),
            UniqueObjects = rounds.UniqueObjects,
        };
    }

    private static void CheckRange(string name, int value, int from, int to)
    {
        if (value < from || value > to)
        {
            throw new TemperaException(TemperaError.InvalidSetting, $"{name} must be {from} to {to}; received {value}. Give a number in that range.");
        }
    }
}
