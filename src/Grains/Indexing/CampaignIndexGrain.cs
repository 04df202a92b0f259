using Tempera.Contracts;
using Tempera.Contracts.Indexing;
using Tempera.Grains.Hosting;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Indexing;

/// <summary>The campaigns that storage holds, found once an activation and kept up to date by those that are created.</summary>
internal sealed class CampaignIndexGrain(CampaignServices services) : Grain, ICampaignIndexGrain
{
    private readonly SortedSet<string> _ids = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var item in await services.Blobs.List(CampaignBlobs.Root, cancellationToken))
        {
            if (CampaignBlobs.IdOfDocument(item.Name) is { } id)
            {
                _ids.Add(id);
            }
        }
    }

    /// <inheritdoc/>
    public Task Register(string campaignId)
    {
        _ids.Add(CampaignId.Validate(campaignId));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> List() => Task.FromResult<IReadOnlyList<string>>([.. _ids]);
}
