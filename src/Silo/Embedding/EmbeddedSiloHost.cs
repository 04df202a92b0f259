using System.Net;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Orleans.Configuration;

using Tempera.Grains.Hosting;
using Tempera.Grains.Storage;
using Tempera.Silo.Clustering;
using Tempera.Silo.Devices;
using Tempera.Silo.Storage;
using Tempera.Silo.Telemetry;

namespace Tempera.Silo.Embedding;

/// <summary>Wires the host of an embedded silo: one silo, in-memory membership, loopback only, no gateway.</summary>
internal static class EmbeddedSiloHost
{
    // A checkpoint on shutdown must fit into the grains' deadline, and that one into the host's.
    private static readonly TimeSpan DeactivationTimeout = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(150);

    // Restoring a campaign reads its whole evaluation log.
    private static readonly TimeSpan ActivationTimeout = TimeSpan.FromMinutes(5);

    // A process that runs one campaign has no idle grain worth collecting.
    private static readonly TimeSpan IdleAge = TimeSpan.FromDays(30);

    public static IHost Build(EmbeddedSiloOptions options, int port, Surroundings surroundings)
    {
        // Empty: an application's appsettings.json or environment must not change what a run computes.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = ShutdownTimeout);
        // Orleans logs two lines a placement through Polly.
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        options.Logging?.Invoke(builder.Logging);
        builder.AddTemperaTelemetry(surroundings.Variables);
        // The store cleans up on opening, so it comes after the directory's lock.
        builder.Services.AddSingleton(
            surroundings.Blobs ?? new LocalFolderBlobStore(options.Directory, new CampaignBlobs(options.CampaignId).Prefix, options.ReadOnly));
        builder.Services.AddSingleton(surroundings.Tasks);
        builder.Services.AddTemperaDevices();
        builder.Services.AddTemperaGrains(new GrainOptions { ReadOnly = options.ReadOnly });
        builder.UseOrleans(silo => Configure(silo, port));
        if (TelemetrySignals.From(surroundings.Variables).Traces)
        {
            builder.UseOrleans(static silo => silo.AddTracePropagation());
        }

        return builder.Build();
    }

    private static void Configure(ISiloBuilder silo, int port)
    {
        silo.AddSteadyTime();
        silo.UseDevelopmentClustering(new IPEndPoint(IPAddress.Loopback, port));
        silo.Configure<ClusterOptions>(static cluster => (cluster.ClusterId, cluster.ServiceId) = ("embedded", "tempera"));
        silo.Configure<SiloOptions>(static name => name.SiloName = "embedded");
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = IPAddress.Loopback;
            endpoint.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, port);
            endpoint.SiloPort = port;
            endpoint.GatewayPort = 0;
        });
        silo.Configure<GrainCollectionOptions>(static grains =>
        {
            grains.ActivationTimeout = ActivationTimeout;
            grains.DeactivationTimeout = DeactivationTimeout;
            grains.CollectionAge = IdleAge;
        });
    }
}
