using System.Net;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;

using StackExchange.Redis;

using Tempera.Grains.Accelerators;
using Tempera.Grains.Hosting;
using Tempera.Grains.Oracles;
using Tempera.Grains.Storage;
using Tempera.Silo.Accelerators;
using Tempera.Silo.Devices;
using Tempera.Silo.Embedding;
using Tempera.Silo.Rehearsals;
using Tempera.Silo.Telemetry;

namespace Tempera.Silo.Clustering;

/// <summary>Wires the host of a cluster member: Redis membership, blobs in Azure, health and metrics over HTTP.</summary>
internal static class ClusterSiloHost
{
    // Restoring a campaign reads its whole evaluation log.
    private static readonly TimeSpan ActivationTimeout = TimeSpan.FromMinutes(5);

    public static WebApplication Build(ClusterSiloSettings settings, IBlobStore blobs, Surroundings surroundings, Action<ILoggingBuilder>? logging)
    {
        // Empty: what the process runs on is in the settings and nowhere else.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.CheckpointDeadline + TimeSpan.FromSeconds(25));
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        logging?.Invoke(builder.Logging);
        builder.AddTemperaTelemetry(surroundings.Variables, prometheus: true);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(blobs);
        builder.Services.AddSingleton(surroundings.Tasks);
        builder.Services.AddTemperaDevices();
        if (settings.OracleJournal is { } folder)
        {
            builder.Services.AddSingleton<IOracleJournal>(new OracleJournalFile(folder, settings.Name, settings.OraclePause));
        }

        builder.Services.AddSingleton<IAcceleratorMap, ClusterAcceleratorMap>();
        builder.Services.AddTemperaGrains(new GrainOptions
        {
            Revives = true,
            HeartbeatInterval = TimeSpan.FromSeconds(2),
            KeptCheckpoints = settings.KeptCheckpoints,
            CheckpointInterval = settings.CheckpointInterval,
        });
        builder.UseOrleans(silo => Configure(silo, settings));
        builder.Services.AddHostedService<CampaignSupervisor>();
        builder.Services.AddHostedService<MembershipGuard>();
        builder.Services.AddRoutingCore();
        builder.Services.AddHealthChecks().AddCheck<SiloHealthCheck>("silo");
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, settings));
        var app = builder.Build();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false });
        app.MapHealthChecks("/health/started", new HealthCheckOptions { Predicate = static _ => false });
        app.MapHealthChecks("/health/ready");
        app.MapGet("/metrics", static (HttpContext context, PrometheusText metrics) => metrics.Write(context.Response));
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, ClusterSiloSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(settings.ListenAddress, settings.HttpPort);
    }

    private static void Configure(ISiloBuilder silo, ClusterSiloSettings settings)
    {
        silo.UseRedisClustering(redis =>
        {
            redis.ConfigurationOptions = ConfigurationOptions.Parse(settings.Redis);
            redis.ConfigurationOptions.AbortOnConnectFail = false;
        });
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, ClusterSilo.ServiceId));
        silo.Configure<SiloOptions>(name => name.SiloName = settings.Name);
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = settings.AdvertisedAddress ?? endpoint.AdvertisedIPAddress;
            endpoint.SiloPort = settings.SiloPort;
            endpoint.GatewayPort = settings.GatewayPort;
            endpoint.SiloListeningEndpoint = new IPEndPoint(settings.ListenAddress, settings.SiloPort);
            endpoint.GatewayListeningEndpoint = new IPEndPoint(settings.ListenAddress, settings.GatewayPort);
        });
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = settings.ProbePeriod;
            membership.NumMissedProbesLimit = settings.MissedProbes;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        });
        silo.Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(15));
        // A checkpoint on shutdown must fit into the grains' deadline, and that one into the host's.
        silo.Configure<GrainCollectionOptions>(grains =>
        {
            grains.ActivationTimeout = ActivationTimeout;
            grains.DeactivationTimeout = settings.CheckpointDeadline + TimeSpan.FromSeconds(10);
        });
        var accelerators = settings.Accelerators == "auto" ? AcceleratorAnnouncement.OfDriver() : AcceleratorAnnouncement.Parse(settings.Accelerators);
        silo.UseSiloMetadata(accelerators is null
            ? []
            : new Dictionary<string, string> { [AcceleratorAnnouncement.MetadataKey] = accelerators.ToString() });
        silo.AddSteadyTime();
        silo.AddTracePropagation();
    }
}
