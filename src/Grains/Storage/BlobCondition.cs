namespace Tempera.Grains.Storage;

/// <summary>When a put may write.</summary>
public readonly record struct BlobCondition
{
    /// <summary>Always.</summary>
    public static readonly BlobCondition None;

    /// <summary>Only when no blob has this name.</summary>
    public static readonly BlobCondition IfNoneMatch = new() { MustBeAbsent = true };

    /// <summary>True when no blob may have this name.</summary>
    public bool MustBeAbsent { get; private init; }

    /// <summary>ETag the blob must have; null when any will do.</summary>
    public string? ETag { get; private init; }

    /// <summary>Only when the blob exists and still has this ETag.</summary>
    public static BlobCondition IfMatch(string etag) => new() { ETag = etag };

    /// <summary><see cref="IfMatch"/> for a blob that was read, <see cref="IfNoneMatch"/> for one that was not there.</summary>
    public static BlobCondition Unchanged(Blob? seen) => seen is null ? IfNoneMatch : IfMatch(seen.ETag);
}
