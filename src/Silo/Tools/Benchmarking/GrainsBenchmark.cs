using System.Diagnostics;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Tasks;
using Tempera.Silo.Devices;
using Tempera.Silo.Embedding;

namespace Tempera.Silo.Tools.Benchmarking;

/// <summary>
/// What actors and durability cost: the same campaign's rounds in alternating blocks, once in a plain loop and once through the
/// grains of an embedded silo with event log, evaluation log and checkpoints.
/// </summary>
internal sealed class GrainsBenchmark : IDisposable
{
    private readonly DirectRounds _direct;
    private readonly ICampaignGrain _campaign;
    private long _lastSequence;
    private int _blocks;

    private GrainsBenchmark(DirectRounds direct, ICampaignGrain campaign) => (_direct, _campaign) = (direct, campaign);

    public static async Task<GrainsComparison> CompareAsync(
        ResolvedSpecification campaign, RoundBenchmarkOptions options, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("tempera-bench-");
        try
        {
            await using var silo = await EmbeddedSilo.StartAsync(
                new EmbeddedSiloOptions { Directory = directory.FullName, CampaignId = "bench" },
                new Surroundings { Tasks = new BenchmarkTasks() }, cancellationToken);
            await silo.Campaign.Create(campaign.Specification);
            using var benchmark = new GrainsBenchmark(new DirectRounds(campaign, DeviceEngineFactory.OfProcess()), silo.Campaign);
            return await benchmark.CompareAsync(options, cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    public void Dispose() => _direct.Dispose();

    private async Task<GrainsComparison> CompareAsync(RoundBenchmarkOptions options, CancellationToken cancellationToken)
    {
        var (direct, grains) = (new double[options.Pairs], new double[options.Pairs]);
        var warmUp = Math.Max(1, options.WarmUp);
        RunDirect(warmUp);
        await RunGrains(warmUp, cancellationToken);
        for (var pair = 0; pair < options.Pairs; pair++)
        {
            // The order changes, so that a drift of the machine's speed favours neither.
            if (pair % 2 == 0)
            {
                direct[pair] = RunDirect(options.Rounds);
                grains[pair] = await RunGrains(options.Rounds, cancellationToken);
            }
            else
            {
                grains[pair] = await RunGrains(options.Rounds, cancellationToken);
                direct[pair] = RunDirect(options.Rounds);
            }
        }

        return new GrainsComparison(
            options.Pairs, options.Rounds, Statistics.Median(direct), Statistics.Median(grains), Statistics.Median(grains.Zip(direct, static (g, d) => g / d)));
    }

    private double RunDirect(int rounds)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < rounds; i++)
        {
            _direct.Next();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / rounds;
    }

    private async Task<double> RunGrains(int rounds, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await _campaign.Discover(new DiscoverRequest($"block-{_blocks++}", rounds));
        await foreach (var entry in _campaign.Watch(_lastSequence, cancellationToken).WithCancellation(cancellationToken))
        {
            _lastSequence = Math.Max(_lastSequence, entry.Sequence);
        }

        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds / rounds;
        var status = await _campaign.Status();
        return status.State == CampaignState.Completed
            ? milliseconds
            : throw new TemperaException(TemperaError.Internal, $"The benchmark's campaign must complete each block; it is {status.State}: {status.Failure}");
    }
}
