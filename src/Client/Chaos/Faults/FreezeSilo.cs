using Tempera.Client.Chaos.Processes;

namespace Tempera.Client.Chaos.Faults;

/// <summary>SIGSTOP and a wake-up: a machine that hangs, shorter or longer than it takes the others to give it up.</summary>
internal sealed class FreezeSilo : IFault
{
    // It learns that it was declared dead when it reads the membership, which it does every ten seconds.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Name => "freeze";

    /// <inheritdoc/>
    public string Meaning => "SIGSTOP of a silo for 1 to 25 s, then SIGCONT";

    /// <inheritdoc/>
    public async Task<string> Inflict(ChaosCluster cluster, FaultDraw draw, CancellationToken cancellationToken)
    {
        using var hit = await cluster.Take(draw, cancellationToken);
        var (silo, length) = (hit.Silo, draw.Between(1, 25));
        silo.Process.Send(Signal.Stop);
        try
        {
            await Task.Delay(length, cancellationToken);
        }
        finally
        {
            silo.Process.Send(Signal.Continue);
        }

        var ended = await silo.Process.WaitForExit(Settling, cancellationToken);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{silo.Name} for {length.TotalSeconds:0.0} s{(ended ? ", then it ended itself" : "")}");
    }
}
