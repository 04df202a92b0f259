namespace Tempera.Grains.Storage;

/// <summary>A blob as read.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ETag">Names this content in <see cref="BlobCondition.IfMatch"/>. Opaque.</param>
public sealed record Blob(byte[] Content, string ETag);

/// <summary>A blob in a listing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct BlobItem(string Name, long Length);

/// <summary>What a put did.</summary>
/// <param name="ETag">ETag of the new content; null when the condition did not hold and nothing was written.</param>
public readonly record struct BlobWrite(string? ETag)
{
    /// <summary>True when the condition did not hold and nothing was written.</summary>
    public bool Conflict => ETag is null;
}

/// <summary>What an append did.</summary>
/// <param name="Conflict">True when the blob had another length and nothing was written.</param>
/// <param name="Length">Length of the blob now.</param>
/// <param name="ETag">ETag of the blob now; null after a conflict, and where the store keeps other writers out by other means.</param>
public readonly record struct BlobAppend(bool Conflict, long Length, string? ETag = null)
{
    /// <summary>Where the blob ends now.</summary>
    public BlobPosition End => new(Length, ETag);
}

/// <summary>Where a blob ends, as one of its writers last saw it.</summary>
/// <param name="Length">Its length in bytes; 0 also for a blob that does not exist.</param>
/// <param name="ETag">Its ETag, or null when only the length is known.</param>
public readonly record struct BlobPosition(long Length, string? ETag = null)
{
    /// <summary>A position of which only the length is known.</summary>
    public static implicit operator BlobPosition(long length) => new(length);
}
