using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using Orleans.Configuration;
using Orleans.TestingHost;

using Tempera.Contracts.Campaigns;
using Tempera.Grains.Hosting;
using Tempera.Grains.Storage;
using Tempera.Grains.Tasks;
using Tempera.Grains.Training;

using Xunit;

namespace Tempera.Grains.Tests.Fixtures;

/// <summary>Tests with a silo run one at a time: they share its storage, its oracle and its faults.</summary>
[CollectionDefinition(Name)]
public sealed class GrainClusterCollection : ICollectionFixture<GrainCluster>
{
    public const string Name = "cluster";
}

/// <summary>One silo for all tests, which keep apart by campaign ids.</summary>
public sealed class GrainCluster : IAsyncLifetime
{
    private static int _campaigns;
    private InProcessTestCluster? _cluster;

    internal GrainOptions? Options { get; init; }

    internal short Silos { get; init; } = 1;

    /// <summary>True for the learners of Model in place of those without networks.</summary>
    internal bool HasNetworks { get; init; }

    /// <summary>What comes before and after every call that a grain gets, or null.</summary>
    internal Func<IIncomingGrainCallContext, Task>? Calls { get; init; }

    /// <summary>How long a call waits for its answer.</summary>
    internal TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal MemoryBlobStore Blobs { get; } = new();

    internal WalkTaskProvider Tasks { get; } = new();

    internal FakeLearnerFactory Learners { get; } = new();

    internal IGrainFactory Grains => _cluster!.Client;

    internal InProcessTestCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: Silos);
        builder.ConfigureSilo((_, silo) =>
        {
            Register(silo.Services);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
            if (Calls is { } calls)
            {
                silo.AddIncomingGrainCallFilter(context => calls(context));
            }
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Warning));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    internal static string NewId() => $"c{Interlocked.Increment(ref _campaigns)}";

    internal ICampaignGrain Campaign(string id) => Grains.GetGrain<ICampaignGrain>(id);

    private void Register(IServiceCollection services)
    {
        services.AddSingleton<IBlobStore>(Blobs);
        services.AddSingleton<ITaskProvider>(Tasks);
        if (!HasNetworks)
        {
            services.AddSingleton<ILearnerFactory>(Learners);
        }

        services.AddTemperaGrains(Options);
    }

    /// <summary>A specification of the test task.</summary>
    internal static CampaignSpecification Specification(params (string Name, string Value)[] settings) => new()
    {
        Task = "walk",
        Rounds = 20,
        Seed = 7,
        Settings = CampaignSettings(settings),
    };

    /// <summary>Runs a campaign to its target and returns the snapshot.</summary>
    internal async Task<CampaignSnapshot> RunToEnd(string id)
    {
        await foreach (var _ in Campaign(id).Watch(0))
        {
        }

        return await Campaign(id).Status();
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> CampaignSettings((string Name, string Value)[] settings)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["batch"] = "8", ["replay_batch"] = "8", ["checkpoint_every"] = "6" };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(all);
    }
}
