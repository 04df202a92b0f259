namespace Tempera.Client.Chaos.Faults;

/// <summary>Redis forgets the membership while all silos live.</summary>
internal sealed class WipeRedis : IFault
{
    /// <inheritdoc/>
    public string Name => "wipe-redis";

    /// <inheritdoc/>
    public string Meaning => "FLUSHALL while all silos live";

    /// <inheritdoc/>
    public async Task<string> Inflict(ChaosCluster cluster, FaultDraw draw, CancellationToken cancellationToken)
    {
        using var redis = await cluster.Alone("redis", cancellationToken);
        await cluster.Redis.Wipe(cancellationToken);
        return "all of it";
    }
}
