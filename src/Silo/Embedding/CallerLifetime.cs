using Microsoft.Extensions.Hosting;

namespace Tempera.Silo.Embedding;

/// <summary>Leaves signals to the process that embeds the silo; the host's default would take Ctrl-C and SIGTERM for itself.</summary>
internal sealed class CallerLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
