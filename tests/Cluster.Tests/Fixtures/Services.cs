using Xunit;

namespace Tempera.Cluster.Tests.Fixtures;

/// <summary>The tests with real silos share one Redis, and run one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class ServicesCollection : ICollectionFixture<Services>
{
    public const string Name = "services";
}

/// <summary>What clusters share.</summary>
public sealed class Services : IAsyncLifetime
{
    private int _clusters;

    internal RedisServer Redis { get; } = new();

    public ValueTask InitializeAsync() => Redis.InitializeAsync();

    public ValueTask DisposeAsync() => Redis.DisposeAsync();

    /// <summary>A cluster without silos, with an id and a storage of its own; skips the test where a service is missing.</summary>
    internal RealCluster NewCluster()
    {
        Assert.SkipUnless(Azurite.IsInstalled, Azurite.Missing);
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        return new RealCluster($"cluster-{Interlocked.Increment(ref _clusters)}", Redis.Configuration, new Azurite());
    }
}
