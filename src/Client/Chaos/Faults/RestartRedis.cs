using System.Globalization;

namespace Tempera.Client.Chaos.Faults;

/// <summary>Redis goes away and comes back with what it had.</summary>
internal sealed class RestartRedis : IFault
{
    /// <inheritdoc/>
    public string Name => "restart-redis";

    /// <inheritdoc/>
    public string Meaning => "SIGTERM of Redis, which starts again after 0 to 10 s with what it had";

    /// <inheritdoc/>
    public async Task<string> Inflict(ChaosCluster cluster, FaultDraw draw, CancellationToken cancellationToken)
    {
        using var redis = await cluster.Alone("redis", cancellationToken);
        var length = draw.Between(0, 10);
        await cluster.Redis.Stop(cancellationToken);
        await Task.Delay(length, cancellationToken);
        await cluster.Redis.Start(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"away for {length.TotalSeconds:0.0} s");
    }
}
