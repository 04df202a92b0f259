using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Tempera.Silo.Clustering;

/// <summary>Whether this silo is a member of its cluster. Knows only this process: a probe that asks others makes their faults its own.</summary>
internal sealed class SiloHealthCheck(ISiloStatusOracle silos, IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = silos.CurrentStatus;
        return Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Unhealthy("stopping")
            : status == SiloStatus.Active
                ? HealthCheckResult.Healthy("active")
                : HealthCheckResult.Unhealthy(status.ToString().ToLowerInvariant()));
    }
}
