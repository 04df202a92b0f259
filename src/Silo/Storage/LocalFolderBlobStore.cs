using System.Security.Cryptography;

using Tempera.Grains.Storage;

namespace Tempera.Silo.Storage;

/// <summary>
/// Blobs as files under a folder. A put goes to a temporary file, is forced to disk and renamed into place, so that a reader
/// and a crash see the old content or the new one. An ETag is a hash of the content: equal contents have equal ETags.
/// </summary>
/// <remarks>
/// Conditions hold among the writers of one process; <see cref="ExclusiveLock"/> keeps other processes out. A name is guarded by
/// one of a fixed set of locks, so different names seldom wait for each other and no lock is ever left over.
/// </remarks>
public sealed class LocalFolderBlobStore : IBlobStore
{
    private const string TemporaryFolder = ".tmp";

    private readonly Lock[] _locks = [.. Enumerable.Range(0, 64).Select(static _ => new Lock())];
    private readonly LocalFolderNames _names;
    private readonly string _temporary;
    private readonly bool _readOnly;

    /// <summary>Opens a folder; it is made when the first blob is written. Temporary files that a crash left are removed.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="strippedPrefix">Names begin with this and files do not, for example <c>campaigns/my-run/</c>; empty for none.</param>
    /// <param name="readOnly">Refuse every write.</param>
    /// <exception cref="Contracts.Errors.TemperaException">The folder cannot be used.</exception>
    public LocalFolderBlobStore(string root, string strippedPrefix = "", bool readOnly = false)
    {
        _names = new LocalFolderNames(Path.GetFullPath(root), BlobName.ValidatePrefix(strippedPrefix));
        _temporary = Path.Combine(_names.Root, TemporaryFolder);
        _readOnly = readOnly;
        if (!readOnly && Directory.Exists(_temporary))
        {
            StorageFault.Guard("clean", _temporary, () => Directory.Delete(_temporary, recursive: true));
        }
    }

    /// <inheritdoc/>
    public async Task<Blob?> Get(string name, CancellationToken cancellationToken = default)
    {
        var path = _names.ToPath(name);
        try
        {
            var content = await File.ReadAllBytesAsync(path, cancellationToken);
            return new Blob(content, ETag(content));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw StorageFault.From("read", path, exception);
        }
    }

    /// <inheritdoc/>
    public Task<BlobWrite> Put(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken = default)
    {
        var path = _names.ToPath(name);
        StorageFault.RefuseWhen(_readOnly, path);
        return Task.Run(() => Guarded(name, "write", path, () => PutNow(path, content.Span, condition)), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>An append that is not durable ends in the page cache, so it is done on the caller's thread.</remarks>
    public Task<BlobAppend> Append(
        string name, ReadOnlyMemory<byte> content, BlobPosition expected, bool durable, CancellationToken cancellationToken = default)
    {
        var path = _names.ToPath(name);
        StorageFault.RefuseWhen(_readOnly, path);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<BlobAppend>(cancellationToken);
        }

        BlobAppend Now() => Guarded(name, "append to", path, () => LocalFile.Append(path, content.Span, expected.Length, durable));
        if (durable)
        {
            return Task.Run(Now, cancellationToken);
        }

        try
        {
            return Task.FromResult(Now());
        }
        catch (Contracts.Errors.TemperaException exception)
        {
            return Task.FromException<BlobAppend>(exception);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The folder's lock has ended the right of every earlier writer.</remarks>
    public Task Seal(string name, CancellationToken cancellationToken = default)
    {
        StorageFault.RefuseWhen(_readOnly, _names.ToPath(name));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BlobItem>> List(string prefix, CancellationToken cancellationToken = default)
    {
        BlobName.ValidatePrefix(prefix);
        return Task.Run(() => StorageFault.Guard("list", _names.Root, () => _names.List(prefix)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task Delete(string name, CancellationToken cancellationToken = default)
    {
        var path = _names.ToPath(name);
        StorageFault.RefuseWhen(_readOnly, path);
        return Task.Run(() => Guarded(name, "delete", path, () => LocalFile.Delete(path, _names.Root)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteIfMatch(string name, string etag, CancellationToken cancellationToken = default)
    {
        var path = _names.ToPath(name);
        StorageFault.RefuseWhen(_readOnly, path);
        return Task.Run(
            () => Guarded(name, "delete", path, () =>
                File.Exists(path) && ETag(File.ReadAllBytes(path)) == etag && LocalFile.Delete(path, _names.Root)),
            cancellationToken);
    }

    private T Guarded<T>(string name, string action, string path, Func<T> operation)
    {
        lock (_locks[(uint)string.GetHashCode(name, StringComparison.Ordinal) % (uint)_locks.Length])
        {
            return StorageFault.Guard(action, path, operation);
        }
    }

    private BlobWrite PutNow(string path, ReadOnlySpan<byte> content, BlobCondition condition)
    {
        if ((condition.MustBeAbsent && File.Exists(path))
            || (condition.ETag is not null && !(File.Exists(path) && ETag(File.ReadAllBytes(path)) == condition.ETag)))
        {
            return new BlobWrite(null);
        }

        LocalFile.Replace(path, content, Path.Combine(_temporary, Guid.NewGuid().ToString("N")));
        return new BlobWrite(ETag(content));
    }

    private static string ETag(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
}
