using System.Collections.Concurrent;
using System.Globalization;

using Tempera.Grains.Storage;

namespace Tempera.Cluster.Tests.Figures;

/// <summary>Blobs in memory that survive nothing and cost next to nothing: what remains of a round's cost without storage.</summary>
internal sealed class VolatileBlobStore : IBlobStore
{
    private readonly ConcurrentDictionary<string, Item> _blobs = new(StringComparer.Ordinal);
    private long _version;

    public Task<Blob?> Get(string name, CancellationToken cancellationToken = default) =>
        Task.FromResult(_blobs.TryGetValue(name, out var item) ? new Blob(item.Content.ToArray(), item.ETag) : null);

    public Task<BlobWrite> Put(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken = default)
    {
        var known = _blobs.GetValueOrDefault(name);
        if ((condition.MustBeAbsent && known is not null) || (condition.ETag is { } etag && known?.ETag != etag))
        {
            return Task.FromResult(new BlobWrite(null));
        }

        var item = new Item(NextETag());
        item.Content.Write(content.Span);
        _blobs[name] = item;
        return Task.FromResult(new BlobWrite(item.ETag));
    }

    public Task<BlobAppend> Append(
        string name, ReadOnlyMemory<byte> content, BlobPosition expected, bool durable, CancellationToken cancellationToken = default)
    {
        var item = _blobs.GetOrAdd(name, _ => new Item(NextETag()));
        if (item.Content.Length != expected.Length || (expected.ETag is { } etag && etag != item.ETag))
        {
            return Task.FromResult(new BlobAppend(true, item.Content.Length));
        }

        item.Content.Write(content.Span);
        item.ETag = NextETag();
        return Task.FromResult(new BlobAppend(false, item.Content.Length, item.ETag));
    }

    public Task Seal(string name, CancellationToken cancellationToken = default)
    {
        _blobs.GetOrAdd(name, _ => new Item("")).ETag = NextETag();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<BlobItem>> List(string prefix, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<BlobItem>>([.. _blobs.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => new BlobItem(pair.Key, pair.Value.Content.Length))]);

    public Task Delete(string name, CancellationToken cancellationToken = default) => Task.FromResult(_blobs.TryRemove(name, out _));

    public Task<bool> DeleteIfMatch(string name, string etag, CancellationToken cancellationToken = default) =>
        Task.FromResult(_blobs.TryGetValue(name, out var item) && item.ETag == etag && _blobs.TryRemove(name, out _));

    private string NextETag() => Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);

    private sealed class Item(string etag)
    {
        public MemoryStream Content { get; } = new();

        public string ETag { get; set; } = etag;
    }
}
