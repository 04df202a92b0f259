using System.Text.Json;

using Tempera.Contracts.Errors;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Campaigns;

/// <summary>
/// One activation's view of <c>campaign.json</c>. Updates are made one at a time, each on top of the last, and written only
/// if nobody else has written since.
/// </summary>
internal sealed class CampaignDocumentStore(IBlobStore blobs, CampaignBlobs names, TimeProvider time)
{
    private readonly SemaphoreSlim _updates = new(1, 1);
    private string? _etag;
    private bool _loaded;

    /// <summary>The document as last read or written; null when there is none.</summary>
    public CampaignDocument? Current { get; private set; }

    /// <summary>Reads the document if this has not been done.</summary>
    /// <exception cref="TemperaException">It is damaged or of a newer format, or storage refused.</exception>
    public async Task EnsureLoaded()
    {
        if (!_loaded)
        {
            await Serialised(async () =>
            {
                await Load();
                return true;
            });
        }
    }

    /// <summary>Writes the first document. Returns false when another activation was first; <see cref="Current"/> is then its document.</summary>
    public Task<bool> TryCreate(CampaignDocument document) => Serialised(async () =>
    {
        if (await TryWrite(document, BlobCondition.IfNoneMatch))
        {
            return true;
        }

        await Load();
        return false;
    });

    /// <summary>Writes a changed document; a change that returns the same object writes nothing.</summary>
    /// <exception cref="TemperaException">A writer with another epoch has taken over, or storage refused.</exception>
    public Task<CampaignDocument> Update(Func<CampaignDocument, CampaignDocument> change) => Serialised(async () =>
    {
        while (true)
        {
            var before = Current ?? throw new InvalidOperationException("A document is updated after it was loaded or created.");
            var after = change(before);
            if (ReferenceEquals(before, after) || await TryWrite(after, BlobCondition.IfMatch(_etag!)))
            {
                return Current!;
            }

            await Load();
            if (Current?.Epoch != before.Epoch)
            {
                throw CampaignLease.Stale(before.Epoch, Current?.Epoch);
            }
        }
    });

    private async Task<bool> TryWrite(CampaignDocument document, BlobCondition condition)
    {
        document = document with { TemperaVersion = TemperaVersion.Current, UpdatedAt = time.GetUtcNow() };
        var json = JsonSerializer.SerializeToUtf8Bytes(document, GrainsJson.Default.CampaignDocument);
        var written = await blobs.Put(names.Document, json, condition);
        if (!written.Conflict)
        {
            (Current, _etag, _loaded) = (document, written.ETag, true);
        }

        return !written.Conflict;
    }

    private async Task Load()
    {
        var blob = await blobs.Get(names.Document);
        Current = blob is null ? null : Parse(blob.Content);
        (_etag, _loaded) = (blob?.ETag, true);
    }

    private CampaignDocument Parse(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            if (document.RootElement.TryGetProperty("format_version", out var property)
                && property.TryGetInt32Safe(out var version) && version > CampaignDocument.CurrentFormat)
            {
                throw new TemperaException(TemperaError.NewerFormat,
                    $"This version reads campaigns up to format {CampaignDocument.CurrentFormat}; {names.Document} has format {version}. Use the version of Tempera that wrote it, or a newer one.");
            }

            return JsonSerializer.Deserialize(content, GrainsJson.Default.CampaignDocument) ?? throw new JsonException("null");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new TemperaException(TemperaError.Storage,
                $"{names.Document} holds a campaign as JSON; it cannot be read ({exception.Message}). Restore it from a backup, or choose another directory.", exception);
        }
    }

    private async Task<T> Serialised<T>(Func<Task<T>> operation)
    {
        await _updates.WaitAsync();
        try
        {
            return await operation();
        }
        finally
        {
            _updates.Release();
        }
    }
}
