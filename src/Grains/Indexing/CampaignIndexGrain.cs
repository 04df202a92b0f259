using Microsoft.Extensions.Logging;

using Tempera.Contracts;
using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Indexing;
using Tempera.Grains.Hosting;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Indexing;

/// <summary>The campaigns that storage holds, found once an activation and kept up to date by those that are created.</summary>
/// <remarks>
/// Storage is the only record, so an index that is lost, with its silo or with the whole cluster, is made again from it: every
/// campaign is then asked once whether it was running, and those that were are watched.
/// </remarks>
internal sealed partial class CampaignIndexGrain(CampaignServices services, ILogger<CampaignIndexGrain> logger) : Grain, ICampaignIndexGrain
{
    // A call that is lost with a silo is answered by nobody. To ask twice is harmless.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SortedSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _watched = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var item in await services.Blobs.List(CampaignBlobs.Root, cancellationToken))
        {
            if (CampaignBlobs.IdOfDocument(item.Name) is { } id)
            {
                _ids.Add(id);
                _watched.Add(id);
            }
        }
    }

    /// <inheritdoc/>
    public Task Register(string campaignId)
    {
        _ids.Add(CampaignId.Validate(campaignId));
        _watched.Add(campaignId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> List() => Task.FromResult<IReadOnlyList<string>>([.. _ids]);

    /// <inheritdoc/>
    public Task Sweep()
    {
        // One question at a time a campaign; opening a large one takes longer than the time between sweeps.
        foreach (var id in _watched.Where(_asked.Add).ToList())
        {
            _ = Revive(id);
        }

        return Task.CompletedTask;
    }

    private async Task Revive(string id)
    {
        try
        {
            var snapshot = await GrainFactory.GetGrain<ICampaignGrain>(id).Revive().WaitAsync(Patience, services.Time);
            if (snapshot.State != CampaignState.Running)
            {
                _watched.Remove(id);
            }
        }
        catch (Exception exception)
        {
            LogUnanswered(id, exception.Message);
        }
        finally
        {
            _asked.Remove(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campaign {Campaign} could not be asked whether it runs, and will be asked again: {Reason}")]
    private partial void LogUnanswered(string campaign, string reason);
}
