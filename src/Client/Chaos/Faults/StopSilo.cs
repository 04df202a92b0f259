using Tempera.Client.Chaos.Processes;
using Tempera.Client.CommandLine;

namespace Tempera.Client.Chaos.Faults;

/// <summary>SIGTERM: an upgrade.</summary>
internal sealed class StopSilo : IFault
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <inheritdoc/>
    public string Name => "stop";

    /// <inheritdoc/>
    public string Meaning => "SIGTERM of a silo, which must end with code 0";

    /// <inheritdoc/>
    public async Task<string> Inflict(ChaosCluster cluster, FaultDraw draw, CancellationToken cancellationToken)
    {
        using var hit = await cluster.Take(draw, cancellationToken);
        var silo = hit.Silo;
        silo.Process.Send(Signal.Terminate);
        return await silo.Process.WaitForExit(Limit, cancellationToken)
            ? silo.Process.ExitCode == 0 ? silo.Name : $"{silo.Name}, which ended with code {silo.Process.ExitCode}"
            : throw CommandException.Failed($"A silo ends within {Limit.TotalSeconds} s of SIGTERM; {silo.Name} did not. Its log says what it waited for.");
    }
}
