using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

using Tempera.Contracts;
using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Silo.Storage;

namespace Tempera.Silo.Embedding;

/// <summary>
/// A whole cluster inside the caller's process, for one campaign in one directory: the same grains as on many machines, with
/// a local folder for storage. Listens on a free loopback port only, so any number of processes run side by side.
/// </summary>
public sealed class EmbeddedSilo : IAsyncDisposable
{
    private const int PortAttempts = 16;

    private readonly IHost _host;
    private readonly ExclusiveLock? _directory;
    private readonly string _campaignId;
    private int _stopped;

    private EmbeddedSilo(IHost host, ExclusiveLock? directory, string campaignId)
    {
        _host = host;
        _directory = directory;
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
        StartAsync(options, new Surroundings(), cancellationToken);

    internal static async Task<EmbeddedSilo> StartAsync(
        EmbeddedSiloOptions options, Surroundings surroundings, CancellationToken cancellationToken)
    {
        CampaignId.Validate(options.CampaignId);
        var directory = Open(options);
        try
        {
            var host = await StartHostAsync(options, surroundings, cancellationToken);
            return new EmbeddedSilo(host, directory, options.CampaignId);
        }
        catch
        {
            directory?.Dispose();
            throw;
        }
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
            _directory?.Dispose();
        }
    }

    /// <summary>Stops the silo if it still runs.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private static ExclusiveLock? Open(EmbeddedSiloOptions options)
    {
        if (!options.ReadOnly)
        {
            return ExclusiveLock.Take(options.Directory);
        }

        return Directory.Exists(options.Directory)
            ? null
            : throw new TemperaException(TemperaError.UnknownCampaign,
                $"A campaign is read from its run directory; {Path.GetFullPath(options.Directory)} does not exist. Check the path.");
    }

    private static async Task<IHost> StartHostAsync(
        EmbeddedSiloOptions options, Surroundings surroundings, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var host = EmbeddedSiloHost.Build(options, surroundings.NextPort(), surroundings);
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
