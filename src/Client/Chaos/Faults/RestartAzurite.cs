using System.Globalization;

namespace Tempera.Client.Chaos.Faults;

/// <summary>Storage goes away and comes back with what it had.</summary>
internal sealed class RestartAzurite : IFault
{
    /// <inheritdoc/>
    public string Name => "restart-storage";

    /// <inheritdoc/>
    public string Meaning => "SIGTERM of Azurite, which starts again after 0 to 10 s";

    /// <inheritdoc/>
    public async Task<string> Inflict(ChaosCluster cluster, FaultDraw draw, CancellationToken cancellationToken)
    {
        using var storage = await cluster.Alone("storage", cancellationToken);
        var length = draw.Between(0, 10);
        await cluster.Azurite.Stop(cancellationToken);
        await Task.Delay(length, cancellationToken);
        await cluster.Azurite.Start(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"away for {length.TotalSeconds:0.0} s");
    }
}
