using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Orleans.Clustering.Redis;

namespace Tempera.Silo.Clustering;

/// <summary>
/// Stops a silo that the membership has forgotten, because Redis was wiped while the silo lived. Silos that start later know nothing of
/// it and found a cluster of their own; the two would take each campaign from one another for ever, and none would get anywhere.
/// </summary>
/// <remarks>A Redis that does not answer has forgotten nothing: silos go on with what they know.</remarks>
internal sealed partial class MembershipGuard(
    IMembershipTable table, ILocalSiloDetails silo, ClusterSiloSettings settings, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<MembershipGuard> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.ProbePeriod, time);
        var missing = 0;
        while (missing < settings.MissedProbes && await timer.WaitForNextTickAsync(stoppingToken))
        {
            missing = await IsForgotten(stoppingToken) ? missing + 1 : 0;
        }

        LogForgotten(missing);
        lifetime.StopApplication();
    }

    private async Task<bool> IsForgotten(CancellationToken cancellationToken)
    {
        try
        {
            return (await table.ReadRowAsync(silo.SiloAddress, cancellationToken)).Members.Count == 0;
        }
        catch (RedisClusteringException)
        {
            // The table has no version: it is gone as a whole.
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnanswered(exception.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Redis has forgotten this silo {Count} times in a row; it takes its campaigns to a checkpoint and stops, to be started again")]
    private partial void LogForgotten(int count);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Redis does not answer: {Reason}")]
    private partial void LogUnanswered(string reason);
}
