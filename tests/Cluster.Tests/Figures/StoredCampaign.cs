using System.Collections.Immutable;
using System.Diagnostics;

using Tempera.Contracts.Campaigns;
using Tempera.Grains.Storage;
using Tempera.Silo.Embedding;
using Tempera.Silo.Tools.Benchmarking;

using Xunit;

namespace Tempera.Cluster.Tests.Figures;

/// <summary>A campaign in a silo of its own on some store, whose rounds are run and timed in blocks.</summary>
internal sealed class StoredCampaign : IAsyncDisposable
{
    private readonly string _folder;
    private readonly EmbeddedSilo _silo;
    private readonly MeteredBlobStore _blobs;
    private readonly List<double> _wall = [], _cpu = [];
    private long _sequence;
    private int _blocks;

    private StoredCampaign(string store, string folder, EmbeddedSilo silo, MeteredBlobStore blobs) => (Store, _folder, _silo, _blobs) = (store, folder, silo, blobs);

    /// <summary>Name of the store.</summary>
    public string Store { get; }

    /// <summary>Wall time of a round in each block, milliseconds.</summary>
    public IReadOnlyList<double> Wall => _wall;

    /// <summary>CPU time of this process a round in each block, milliseconds.</summary>
    public IReadOnlyList<double> Cpu => _cpu;

    /// <summary>Writes a round.</summary>
    public double Writes { get; private set; }

    /// <summary>Bytes appended to logs a round.</summary>
    public double Appended { get; private set; }

    /// <summary>Bytes of whole blobs a round: checkpoints and the document.</summary>
    public double Put { get; private set; }

    public static async Task<StoredCampaign> Start(string store, IBlobStore blobs, string task)
    {
        var (folder, metered) = (Directory.CreateTempSubdirectory("tempera-durability-").FullName, new MeteredBlobStore(blobs));
        var silo = await EmbeddedSilo.StartAsync(
            new EmbeddedSiloOptions { Directory = folder, CampaignId = "cost" }, new Surroundings { Tasks = new BenchmarkTasks(), Blobs = metered }, CancellationToken.None);
        await silo.Campaign.Create(new CampaignSpecification
        {
            Task = task,
            Rounds = 1_000_000,
            Settings = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("threads", "1")]),
        });
        return new StoredCampaign(store, folder, silo, metered);
    }

    /// <summary>Runs rounds without counting them.</summary>
    public async Task WarmUp(int rounds)
    {
        await Run(rounds);
        (Writes, Appended, Put) = (0, 0, 0);
        _wall.Clear();
        _cpu.Clear();
    }

    /// <summary>Runs and times a block of rounds, which ends with a checkpoint.</summary>
    public async Task Run(int rounds)
    {
        var (cpu, started, writes, appended, put) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), _blobs.Writes, _blobs.Appended, _blobs.Put);
        await _silo.Campaign.Discover(new DiscoverRequest($"{_blocks++}", rounds));
        await foreach (var round in _silo.Campaign.Watch(_sequence))
        {
            _sequence = Math.Max(_sequence, round.Sequence);
        }

        _wall.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds / rounds);
        _cpu.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / rounds);
        (Writes, Appended, Put) = ((double)(_blobs.Writes - writes) / rounds, (double)(_blobs.Appended - appended) / rounds, (double)(_blobs.Put - put) / rounds);
        Assert.Equal(CampaignState.Completed, (await _silo.Campaign.Status()).State);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
