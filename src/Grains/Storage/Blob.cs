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
public readonly record struct BlobAppend(bool Conflict, long Length);
