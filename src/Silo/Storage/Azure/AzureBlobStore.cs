using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

using Tempera.Contracts.Errors;
using Tempera.Grains.Storage;

using BlobItem = Tempera.Grains.Storage.BlobItem;

namespace Tempera.Silo.Storage.Azure;

/// <summary>Blobs in a container of Azure Blob storage, or of Azurite. Everything is durable when a call completes.</summary>
/// <remarks>
/// Conditions are tested by storage itself, so they hold among all processes. A request that is repeated because its answer was
/// lost may be refused by its own first try; every put carries an id by which it recognises that.
/// </remarks>
public sealed class AzureBlobStore : IBlobStore
{
    private const string PutId = "tempera_put";
    private const int TransferBytes = 8 << 20;

    private readonly BlobContainerClient _container;
    private readonly BlockLogAppender _logs;

    /// <summary>Opens a container; contacts nobody.</summary>
    /// <exception cref="TemperaException">The settings are wrong.</exception>
    public AzureBlobStore(AzureStorageSettings settings)
    {
        _container = AzureContainers.Client(settings);
        _logs = new BlockLogAppender(_container);
    }

    /// <summary>Makes the container if it does not exist; throws when storage does not answer.</summary>
    /// <exception cref="TemperaException">Storage refused or cannot be reached.</exception>
    public Task EnsureContainer(CancellationToken cancellationToken) => AzureFault.Guard("create container", _container.Name, async () =>
    {
        await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    public Task<Blob?> Get(string name, CancellationToken cancellationToken = default) => Guard("read", name, async () =>
    {
        try
        {
            var content = (await Client(name).DownloadContentAsync(cancellationToken)).Value;
            return new Blob(content.Content.ToArray(), content.Details.ETag.ToString());
        }
        catch (RequestFailedException exception) when (AzureFault.IsAbsent(exception))
        {
            return null;
        }
    });

    /// <inheritdoc/>
    public Task<BlobWrite> Put(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken = default) =>
        Guard("write", name, async () =>
        {
            _logs.Forget(name);
            var (client, id) = (Client(name), Guid.NewGuid().ToString("N"));
            var options = new BlobUploadOptions
            {
                Conditions = Conditions(condition),
                Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [PutId] = id },
                TransferOptions = new StorageTransferOptions { InitialTransferSize = TransferBytes, MaximumTransferSize = TransferBytes },
            };
            try
            {
                return new BlobWrite((await client.UploadAsync(new BinaryData(content), options, cancellationToken)).Value.ETag.ToString());
            }
            catch (RequestFailedException exception) when (AzureFault.IsConflict(exception) || AzureFault.IsLostBlock(exception))
            {
                return new BlobWrite(await ETagOf(client, id, cancellationToken));
            }
        });

    /// <inheritdoc/>
    public Task<BlobAppend> Append(
        string name, ReadOnlyMemory<byte> content, BlobPosition expected, bool durable, CancellationToken cancellationToken = default) =>
        Guard("append to", name, () => _logs.Append(name, content, expected, cancellationToken));

    /// <inheritdoc/>
    /// <remarks>Writing metadata gives the blob another ETag, which every append after the first is conditional on.</remarks>
    public Task Seal(string name, CancellationToken cancellationToken = default) => Guard("seal", name, async () =>
    {
        _logs.Forget(name);
        while (true)
        {
            try
            {
                var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [PutId] = Guid.NewGuid().ToString("N") };
                await Client(name).SetMetadataAsync(metadata, cancellationToken: cancellationToken);
                return true;
            }
            catch (RequestFailedException exception) when (AzureFault.IsAbsent(exception))
            {
                if (!(await Put(name, ReadOnlyMemory<byte>.Empty, BlobCondition.IfNoneMatch, cancellationToken)).Conflict)
                {
                    return true;
                }
            }
        }
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<BlobItem>> List(string prefix, CancellationToken cancellationToken = default)
    {
        BlobName.ValidatePrefix(prefix);
        return AzureFault.Guard<IReadOnlyList<BlobItem>>("list", $"{_container.Name}/{prefix}", async () =>
        {
            var items = new List<BlobItem>();
            await foreach (var item in _container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken))
            {
                items.Add(new BlobItem(item.Name, item.Properties.ContentLength ?? 0));
            }

            items.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return items;
        });
    }

    /// <inheritdoc/>
    public Task Delete(string name, CancellationToken cancellationToken = default) => Guard("delete", name, async () =>
    {
        _logs.Forget(name);
        return (await Client(name).DeleteIfExistsAsync(cancellationToken: cancellationToken)).Value;
    });

    /// <inheritdoc/>
    public Task<bool> DeleteIfMatch(string name, string etag, CancellationToken cancellationToken = default) => Guard("delete", name, async () =>
    {
        _logs.Forget(name);
        try
        {
            await Client(name).DeleteAsync(conditions: new BlobRequestConditions { IfMatch = new ETag(etag) }, cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (AzureFault.IsConflict(exception))
        {
            return false;
        }
    });

    private static BlobRequestConditions Conditions(BlobCondition condition) => condition switch
    {
        { MustBeAbsent: true } => new BlobRequestConditions { IfNoneMatch = ETag.All },
        { ETag: { } etag } => new BlobRequestConditions { IfMatch = new ETag(etag) },
        _ => new BlobRequestConditions(),
    };

    // The ETag of a put that was made although its repeat was refused; null when somebody else's content is there.
    private static async Task<string?> ETagOf(BlobClient client, string id, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await client.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return properties.Metadata.TryGetValue(PutId, out var found) && found == id ? properties.ETag.ToString() : null;
        }
        catch (RequestFailedException exception) when (AzureFault.IsAbsent(exception))
        {
            return null;
        }
    }

    private BlobClient Client(string name) => _container.GetBlobClient(name);

    // A name outside the rule is refused before anybody is asked, and by a failed task as all methods do.
    private static async Task<T> Guard<T>(string action, string name, Func<Task<T>> request)
    {
        BlobName.Validate(name);
        return await AzureFault.Guard(action, name, request);
    }
}
