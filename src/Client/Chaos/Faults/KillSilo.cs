namespace Tempera.Client.Chaos.Faults;

/// <summary>SIGKILL: a power cut of one machine.</summary>
internal sealed class KillSilo : IFault
{
    /// <inheritdoc/>
    public string Name => "kill";

    /// <inheritdoc/>
    public string Meaning => "SIGKILL of a silo";

    /// <inheritdoc/>
    public async Task<string> Inflict(ChaosCluster cluster, FaultDraw draw, CancellationToken cancellationToken)
    {
        using var hit = await cluster.Take(draw, cancellationToken);
        var silo = hit.Silo;
        await silo.Process.Kill();
        return silo.Name;
    }
}
