using Xunit;

namespace Tempera.Cluster.Tests.Fixtures;

/// <summary>The tests with real silos share one Redis and one Azurite, and run one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class ServicesCollection : ICollectionFixture<Services>
{
    public const string Name = "services";
}

/// <summary>What a cluster stands on.</summary>
public sealed class Services : IAsyncLifetime
{
    private int _clusters;

    internal RedisServer Redis { get; } = new();

    internal Azurite Azurite { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Redis.InitializeAsync();
        await Azurite.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        await Azurite.DisposeAsync();
    }

    /// <summary>A cluster without silos, with an id and a container of its own; skips the test where a service is missing.</summary>
    internal RealCluster NewCluster()
    {
        Assert.SkipUnless(Azurite.IsInstalled, Azurite.Missing);
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        return new RealCluster($"cluster-{Interlocked.Increment(ref _clusters)}", Redis.Configuration, Azurite.NewContainer());
    }
}
