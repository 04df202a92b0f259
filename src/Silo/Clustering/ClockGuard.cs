using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tempera.Silo.Clustering;

/// <summary>
/// Stops a silo whose wall clock has gone back. Orleans plans by the wall clock when grains may be collected, and refuses to activate any grain
/// until the clock has caught up with what was planned: a silo that goes back by an hour would be a member that does nothing for an hour.
/// </summary>
/// <remarks>A clock that goes ahead, as after a machine has slept, does no harm until it is set right again.</remarks>
internal sealed partial class ClockGuard(
    ClusterSiloSettings settings, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ClockGuard> logger) : BackgroundService
{
    // Grains are planned a quarter of an hour ahead, and clocks are set by seconds all the time.
    internal static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.ProbePeriod, time);
        var (began, furthest) = (time.GetTimestamp(), DateTimeOffset.MinValue);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // When it began, by the clock of now: constant, but for changes of the clock.
            var beginning = time.GetUtcNow() - time.GetElapsedTime(began);
            furthest = beginning > furthest ? beginning : furthest;
            if (furthest - beginning > Tolerance)
            {
                LogWentBack((furthest - beginning).TotalMinutes);
                lifetime.StopApplication();
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The wall clock of this silo went back by {Minutes:0} minutes; it takes its campaigns to a checkpoint and stops, to be started again")]
    private partial void LogWentBack(double minutes);
}
