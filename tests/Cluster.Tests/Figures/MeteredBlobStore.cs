using Tempera.Grains.Storage;

namespace Tempera.Cluster.Tests.Figures;

/// <summary>Counts what is written to a store.</summary>
internal sealed class MeteredBlobStore(IBlobStore inner) : IBlobStore
{
    private long _writes, _appended, _put;

    /// <summary>Appends and puts so far.</summary>
    public long Writes => _writes;

    /// <summary>Bytes appended to logs.</summary>
    public long Appended => _appended;

    /// <summary>Bytes of whole blobs.</summary>
    public long Put => _put;

    public Task<Blob?> Get(string name, CancellationToken cancellationToken = default) => inner.Get(name, cancellationToken);

    Task<BlobWrite> IBlobStore.Put(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _writes);
        Interlocked.Add(ref _put, content.Length);
        return inner.Put(name, content, condition, cancellationToken);
    }

    public Task<BlobAppend> Append(
        string name, ReadOnlyMemory<byte> content, BlobPosition expected, bool durable, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _writes);
        Interlocked.Add(ref _appended, content.Length);
        return inner.Append(name, content, expected, durable, cancellationToken);
    }

    public Task Seal(string name, CancellationToken cancellationToken = default) => inner.Seal(name, cancellationToken);

    public Task<IReadOnlyList<BlobItem>> List(string prefix, CancellationToken cancellationToken = default) => inner.List(prefix, cancellationToken);

    public Task Delete(string name, CancellationToken cancellationToken = default) => inner.Delete(name, cancellationToken);

    public Task<bool> DeleteIfMatch(string name, string etag, CancellationToken cancellationToken = default) => inner.DeleteIfMatch(name, etag, cancellationToken);
}
