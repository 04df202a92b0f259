using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

using Tempera.Contracts;
using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Silo.Telemetry;

namespace Tempera.Silo.Embedding;

/// <summary>
/// A whole cluster inside the caller's process, for one campaign in one directory: the same grains as on many machines, with
/// a local folder for storage. Listens on a free loopback port only, so any number of processes run side by side.
/// </summary>
public sealed class EmbeddedSilo : IAsyncDisposable
{
    private const int PortAttempts = 16;

    private readonly IHost _host;
    private readonly string _campaignId;
    private int _stopped;

    private EmbeddedSilo(IHost host, string campaignId)
    {
        _host = host;
        _campaignId = campaignId;
        GrainFactory = host.Services.GetRequiredService<IGrainFactory>();
    }

    /// <summary>The directory's campaign.</summary>
    public ICampaignGrain Campaign => GrainFactory.GetGrain<ICampaignGrain>(_campaignId);

    /// <summary>Reaches every other grain.</summary>
    public IGrainFactory GrainFactory { get; }

    /// <summary>Starts a silo and returns when it answers calls.</summary>
    /// <exception cref="TemperaException">
    /// InvalidSetting: the campaign id breaks its rule. InUse: another process writes to the directory. Storage: the directory
    /// cannot be created or written. UnknownCampaign: a directory to be read does not exist.
    /// </exception>
    public static Task<EmbeddedSilo> StartAsync(EmbeddedSiloOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, FreePort.Next, OpenTelemetryVariables.OfProcess(), cancellationToken);

    internal static async Task<EmbeddedSilo> StartAsync(
        EmbeddedSiloOptions options, Func<int> nextPort, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        CampaignId.Validate(options.CampaignId);
        var host = await StartHostAsync(options, nextPort, environment, cancellationToken);
        return new EmbeddedSilo(host, options.CampaignId);
    }

    /// <summary>
    /// Stops the silo: grains finish their turns and write what they must. Cancelling the token gives up waiting for them;
    /// what was acknowledged as durable stays durable. Repeated calls do nothing.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        try
        {
            await _host.StopAsync(cancellationToken);
        }
        finally
        {
            await DisposeAsync(_host);
        }
    }

    /// <summary>Stops the silo if it still runs.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private static async Task<IHost> StartHostAsync(
        EmbeddedSiloOptions options, Func<int> nextPort, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var host = EmbeddedSiloHost.Build(options, nextPort(), environment);
            try
            {
                await host.StartAsync(cancellationToken);
                return host;
            }
            catch (Exception error)
            {
                await DisposeAsync(host);
                if (attempt == PortAttempts || !FreePort.IsClash(error))
                {
                    throw;
                }
            }
        }
    }

    private static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }
}
