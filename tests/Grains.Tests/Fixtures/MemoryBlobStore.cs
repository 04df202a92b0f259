using Tempera.Grains.Storage;

namespace Tempera.Grains.Tests.Fixtures;

/// <summary>A blob store in memory that can be copied at any write, as a crash at that moment would leave it.</summary>
internal sealed class MemoryBlobStore : IBlobStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (byte[] Content, long Version)> _blobs = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Called before each write with its name; may throw.</summary>
    public Action<string>? BeforeWrite { get; set; }

    /// <summary>Called after each write with its name.</summary>
    public Action<string>? AfterWrite { get; set; }

    public Task<Blob?> Get(string name, CancellationToken cancellationToken = default)
    {
        BlobName.Validate(name);
        lock (_lock)
        {
            return Task.FromResult(_blobs.TryGetValue(name, out var blob) ? new Blob([.. blob.Content], ETag(blob.Version)) : null);
        }
    }

    public Task<BlobWrite> Put(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken = default)
    {
        BlobName.Validate(name);
        BeforeWrite?.Invoke(name);
        BlobWrite write;
        lock (_lock)
        {
            var exists = _blobs.TryGetValue(name, out var blob);
            if ((condition.MustBeAbsent && exists) || (condition.ETag is not null && (!exists || ETag(blob.Version) != condition.ETag)))
            {
                return Task.FromResult(new BlobWrite(null));
            }

            _blobs[name] = (content.ToArray(), ++_version);
            write = new BlobWrite(ETag(_version));
        }

        AfterWrite?.Invoke(name);
        return Task.FromResult(write);
    }

    public Task<BlobAppend> Append(
        string name, ReadOnlyMemory<byte> content, BlobPosition expected, bool durable, CancellationToken cancellationToken = default)
    {
        BlobName.Validate(name);
        BeforeWrite?.Invoke(name);
        BlobAppend append;
        lock (_lock)
        {
            var old = _blobs.TryGetValue(name, out var blob) ? blob.Content : [];
            if (old.Length != expected.Length || (expected.ETag is not null && expected.ETag != ETag(blob.Version)))
            {
                return Task.FromResult(new BlobAppend(true, old.Length));
            }

            _blobs[name] = ([.. old, .. content.Span], ++_version);
            append = new BlobAppend(false, old.Length + content.Length, ETag(_version));
        }

        AfterWrite?.Invoke(name);
        return Task.FromResult(append);
    }

    public Task<IReadOnlyList<BlobItem>> List(string prefix, CancellationToken cancellationToken = default)
    {
        BlobName.ValidatePrefix(prefix);
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<BlobItem>>([.. _blobs
                .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(static pair => new BlobItem(pair.Key, pair.Value.Content.Length))]);
        }
    }

    public Task Delete(string name, CancellationToken cancellationToken = default)
    {
        BlobName.Validate(name);
        BeforeWrite?.Invoke(name);
        lock (_lock)
        {
            _blobs.Remove(name);
        }

        AfterWrite?.Invoke(name);
        return Task.CompletedTask;
    }

    public Task<bool> DeleteIfMatch(string name, string etag, CancellationToken cancellationToken = default)
    {
        BlobName.Validate(name);
        BeforeWrite?.Invoke(name);
        lock (_lock)
        {
            if (!_blobs.TryGetValue(name, out var blob) || ETag(blob.Version) != etag)
            {
                return Task.FromResult(false);
            }

            _blobs.Remove(name);
        }

        AfterWrite?.Invoke(name);
        return Task.FromResult(true);
    }

    public Task Seal(string name, CancellationToken cancellationToken = default)
    {
        BlobName.Validate(name);
        lock (_lock)
        {
            _blobs[name] = (_blobs.TryGetValue(name, out var blob) ? blob.Content : [], ++_version);
        }

        return Task.CompletedTask;
    }

    /// <summary>Copies a campaign's blobs as they are now to another campaign id.</summary>
    public void CopyCampaign(string from, string to)
    {
        lock (_lock)
        {
            foreach (var (name, blob) in _blobs.Where(pair => pair.Key.StartsWith($"campaigns/{from}/", StringComparison.Ordinal)).ToList())
            {
                _blobs[$"campaigns/{to}/{name[$"campaigns/{from}/".Length..]}"] = (blob.Content, ++_version);
            }
        }
    }

    /// <summary>Content of a blob; fails when there is none.</summary>
    public byte[] Content(string name)
    {
        lock (_lock)
        {
            return _blobs[name].Content;
        }
    }

    /// <summary>Replaces content behind everybody's back.</summary>
    public void Overwrite(string name, byte[] content)
    {
        lock (_lock)
        {
            _blobs[name] = (content, ++_version);
        }
    }

    /// <summary>Names and contents of a campaign.</summary>
    public IReadOnlyDictionary<string, byte[]> Snapshot(string campaign)
    {
        lock (_lock)
        {
            return _blobs.Where(pair => pair.Key.StartsWith($"campaigns/{campaign}/", StringComparison.Ordinal))
                .ToDictionary(static pair => pair.Key, static pair => pair.Value.Content);
        }
    }

    private static string ETag(long version) => $"v{version}";
}
