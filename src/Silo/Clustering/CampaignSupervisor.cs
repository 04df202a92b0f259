using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Tempera.Contracts.Indexing;

namespace Tempera.Silo.Clustering;

/// <summary>
/// Has campaigns that lost their silo carried on: every silo asks the index now and then, so that somebody asks as long as there is a
/// silo. Reminders would do the same a minute later, and be lost with Redis.
/// </summary>
internal sealed partial class CampaignSupervisor(
    IGrainFactory grains, ClusterSiloSettings settings, TimeProvider time, ILogger<CampaignSupervisor> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.ReviveInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.GetGrain<ICampaignIndexGrain>(0).Sweep().WaitAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogUnanswered(exception.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index of campaigns does not answer and will be asked again: {Reason}")]
    private partial void LogUnanswered(string reason);
}
