using Tempera.Contracts.Errors;

namespace Tempera.Grains.Storage;

/// <summary>
/// Named blobs with conditional writes: the only thing that must survive a crash. A put is seen wholly or not at all; an
/// append is seen up to some byte. Names are checked by <see cref="BlobName"/>, so none leaves the store.
/// </summary>
/// <remarks>Safe to call from several threads. Every method throws <see cref="TemperaException"/> with <see cref="TemperaError.Storage"/> when storage refuses.</remarks>
public interface IBlobStore
{
    /// <summary>Content and ETag of a blob, or null when there is none.</summary>
    Task<Blob?> Get(string name, CancellationToken cancellationToken = default);

    /// <summary>Replaces a blob if the condition holds. Durable when the task completes.</summary>
    Task<BlobWrite> Put(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds bytes to the end of a blob that ends at <paramref name="expected"/>; one that does not exist has 0 bytes.
    /// Otherwise nothing is written. A durable append also makes earlier ones durable; with no bytes it does only that.
    /// Appends that are not durable survive the death of the process but not that of the machine.
    /// </summary>
    Task<BlobAppend> Append(
        string name, ReadOnlyMemory<byte> content, BlobPosition expected, bool durable, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the right of earlier appenders: an append conflicts from now on when it carries an ETag from before, and so does a
    /// put that expects no blob. Makes an empty blob where there is none. A store that one process at a time can write does nothing.
    /// </summary>
    Task Seal(string name, CancellationToken cancellationToken = default);

    /// <summary>The blobs whose names begin with a prefix, in ordinal order of their names. The prefix may end inside a name.</summary>
    Task<IReadOnlyList<BlobItem>> List(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Removes a blob; removing one that does not exist changes nothing.</summary>
    Task Delete(string name, CancellationToken cancellationToken = default);

    /// <summary>Removes a blob that still has this ETag. Returns false, and changes nothing, when it has another or is gone.</summary>
    Task<bool> DeleteIfMatch(string name, string etag, CancellationToken cancellationToken = default);
}
