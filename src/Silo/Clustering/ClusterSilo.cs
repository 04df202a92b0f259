using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Tempera.Contracts.Errors;
using Tempera.Silo.Embedding;
using Tempera.Silo.Storage.Azure;

namespace Tempera.Silo.Clustering;

/// <summary>A member of a cluster in this process: the same grains as an embedded silo, with storage and membership that all members share.</summary>
public sealed class ClusterSilo : IAsyncDisposable
{
    /// <summary>Orleans' service id, which clients name as well.</summary>
    public const string ServiceId = "tempera";

    private readonly WebApplication _app;

    private ClusterSilo(WebApplication app) => _app = app;

    /// <summary>Joins the cluster and returns when this silo answers calls.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="logging">Adds log providers; null keeps silent.</param>
    /// <param name="cancellationToken">Gives up joining.</param>
    /// <exception cref="TemperaException">Storage cannot be used, Redis does not answer, or a port is taken.</exception>
    public static async Task<ClusterSilo> StartAsync(ClusterSiloSettings settings, Action<ILoggingBuilder>? logging, CancellationToken cancellationToken)
    {
        var blobs = new AzureBlobStore(settings.Storage);
        await blobs.EnsureContainer(cancellationToken);
        var app = ClusterSiloHost.Build(settings, blobs, Surroundings.OfCluster(), logging);
        try
        {
            await app.StartAsync(cancellationToken);
            return new ClusterSilo(app);
        }
        catch (Exception exception)
        {
            await app.DisposeAsync();
            throw exception is OperationCanceledException ? exception : NotJoined(settings, exception);
        }
    }

    /// <summary>Completes when the silo stops by itself, because the others declared it dead.</summary>
    public Task Completion => _app.WaitForShutdownAsync();

    /// <summary>Stops: running campaigns are taken to a checkpoint within the deadline, then the silo leaves the cluster.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static TemperaException NotJoined(ClusterSiloSettings settings, Exception exception) => FreePort.IsClash(exception)
        ? new TemperaException(TemperaError.InUse,
            $"A silo has its ports to itself; one of silo_port {settings.SiloPort}, gateway_port {settings.GatewayPort} and http_port {settings.HttpPort} is taken. Choose others, or stop the process that has it.", exception)
        : new TemperaException(TemperaError.Internal,
            $"A silo joins its cluster through Redis; it could not ({exception.Message.Split('\n')[0].TrimEnd('.')}). Check redis and the network between silos.", exception);
}
