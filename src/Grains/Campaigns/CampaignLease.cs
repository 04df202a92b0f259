using System.Text.Json;

using Tempera.Contracts.Errors;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Campaigns;

/// <summary>The epoch in <c>campaign.json</c>, which says who may write. Cluster membership does not stop a writer that was declared dead; this does.</summary>
internal sealed class CampaignLease(IBlobStore blobs, CampaignBlobs names)
{
    /// <summary>Returns when the campaign's epoch is this one.</summary>
    /// <exception cref="TemperaException">Another writer has taken over, or there is no such campaign.</exception>
    public async Task Require(long epoch, CancellationToken cancellationToken = default)
    {
        var blob = await blobs.Get(names.Document, cancellationToken);
        var current = blob is null ? null : JsonSerializer.Deserialize(blob.Content, GrainsJson.Default.CampaignDocument)?.Epoch;
        if (current != epoch)
        {
            throw Stale(epoch, current);
        }
    }

    /// <summary>The error of a writer whose epoch has passed.</summary>
    public static TemperaException Stale(long epoch, long? current) => new(TemperaError.StaleEpoch,
        $"Only the newest writer of a campaign may write; this one has epoch {epoch} and the campaign is at {current?.ToString() ?? "none"}. Another process has taken over: let it run, or stop it and resume here.");
}
