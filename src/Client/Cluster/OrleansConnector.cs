using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

using Orleans.Configuration;

using Tempera.Client.CommandLine;
using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Indexing;
using Tempera.Silo.Clustering;
using Tempera.Silo.Embedding;

namespace Tempera.Client.Cluster;

/// <summary>Connects with an Orleans client through the gateways of some silos.</summary>
internal sealed class OrleansConnector : IClusterConnector
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // An unanswered call is asked again, so it may give up early; those that wait for a round have a limit of their own.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<IClusterConnection> Connect(ClusterAddress address, bool verbose, CancellationToken cancellationToken)
    {
        var gateways = await address.Resolve(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        if (verbose)
        {
            StandardErrorLogging.Add(builder.Logging);
        }

        ClientTelemetry.AddTo(builder);
        builder.UseOrleansClient(client => client
            .UseStaticClustering([.. gateways])
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (address.ClusterId, ClusterSilo.ServiceId))
            .Configure<ClientMessagingOptions>(static messaging => messaging.ResponseTimeout = ResponseTimeout)
            .Configure<GatewayOptions>(static options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5))
            .UseConnectionRetryFilter(RetryUntilLimit));
        var host = builder.Build();
        try
        {
            await host.StartAsync(limit.Token);
            return new Connection(host);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            host.Dispose();
            throw new CommandException(ExitCode.Unreachable,
                $"A silo must answer at --cluster; none at '{address.Text}' with cluster id '{address.ClusterId}' did within {Patience.TotalSeconds} s. Check the address and --cluster-id, or start one with `tempera silo`.", error);
        }
    }

    private static async Task<bool> RetryUntilLimit(Exception error, CancellationToken cancellationToken)
    {
        await Task.Delay(Pause, cancellationToken);
        return true;
    }

    private sealed class Connection(IHost host) : IClusterConnection
    {
        private readonly IGrainFactory _grains = host.Services.GetRequiredService<IGrainFactory>();
        private readonly ClientTelemetry _telemetry = new();

        public ICampaignGrain Campaign(string id) => _grains.GetGrain<ICampaignGrain>(id);

        public Task<IReadOnlyList<string>> List() => _grains.GetGrain<ICampaignIndexGrain>(0).List();

        public IDisposable? Trace(string verb, string campaign) => _telemetry.Start(verb, campaign);

        public async ValueTask DisposeAsync()
        {
            // A gateway that is gone does not say goodbye.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await host.StopAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
            }

            host.Dispose();
            _telemetry.Dispose();
        }
    }
}
