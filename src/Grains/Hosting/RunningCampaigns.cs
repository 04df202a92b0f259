using System.Collections.Concurrent;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tempera.Grains.Hosting;

/// <summary>
/// The campaigns that run on this silo. When the host stops they are taken to a checkpoint first, while the grains they need
/// are still there: silos deactivate grains in no particular order.
/// </summary>
internal sealed partial class RunningCampaigns(ILogger<RunningCampaigns> logger) : IHostedLifecycleService
{
    private readonly ConcurrentDictionary<string, Func<Task>> _suspend = new(StringComparer.Ordinal);

    /// <summary>True once the host has begun to stop; no campaign is started here any more.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Adds a campaign; disposing removes it.</summary>
    /// <param name="campaignId">Campaign id.</param>
    /// <param name="suspend">Stops it at the next round boundary with a checkpoint. Called from any thread.</param>
    public IDisposable Add(string campaignId, Func<Task> suspend)
    {
        _suspend[campaignId] = suspend;
        return new Registration(this, campaignId, suspend);
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IsStopping = true;
        if (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await Task.WhenAll(_suspend.Values.Select(static suspend => suspend())).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogCut(_suspend.Count);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} campaigns were stopped before their checkpoint; they carry on from the one before")]
    private partial void LogCut(int count);

    private sealed class Registration(RunningCampaigns owner, string campaignId, Func<Task> suspend) : IDisposable
    {
        public void Dispose() => owner._suspend.TryRemove(new KeyValuePair<string, Func<Task>>(campaignId, suspend));
    }
}
