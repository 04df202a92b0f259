using Azure;

namespace Tempera.Silo.Storage.Azure;

/// <summary>
/// An appended blob as its committed blocks. An append adds one block and commits the list anew, on condition that the blob's
/// ETag has not changed: seen wholly or not at all, and refused when anybody else has written.
/// </summary>
/// <remarks>
/// A blob has at most 50,000 blocks, so every <see cref="MaxSmall"/> appends the small ones at the end become one. A block of
/// <see cref="FullBytes"/> or more stays as it is. That bounds a log at 50 GB and rewrites each byte of it about 30 times at worst.
/// </remarks>
/// <param name="ETag">ETag of the blob; null when there is none.</param>
/// <param name="Blocks">Its blocks in order; one without an id stands for the content of a put, which has no blocks that could be kept.</param>
internal sealed record BlockLog(ETag? ETag, IReadOnlyList<LogBlock> Blocks)
{
    /// <summary>Blocks of this size or more are never rewritten.</summary>
    public const int FullBytes = 1 << 20;

    /// <summary>Small blocks at the end that make it worth to write them as one.</summary>
    public const int MaxSmall = 64;

    /// <summary>Length of the blob.</summary>
    public long Length { get; } = Blocks.Sum(static block => block.Length);

    /// <summary>Small blocks at the end.</summary>
    public int Small { get; } = Blocks.Reverse().TakeWhile(static block => block.Length < FullBytes).Count();

    /// <summary>Bytes in the small blocks at the end.</summary>
    public long SmallBytes => Blocks.Skip(Blocks.Count - Small).Sum(static block => block.Length);
}

/// <summary>A committed block.</summary>
/// <param name="Id">Its id, base 64.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct LogBlock(string Id, long Length)
{
    // 16 random bytes; all ids of one blob must have one length.
    private const int IdCharacters = 24;

    /// <summary>True for the content of a put.</summary>
    public bool IsPut => Id.Length == 0;

    /// <summary>True for an id made here; a put in parts has ids of another length, which cannot be mixed with these.</summary>
    public bool IsOurs => Id.Length == IdCharacters;

    /// <summary>A block with an id that no other block has.</summary>
    public static LogBlock New(long length) => new(Convert.ToBase64String(Guid.NewGuid().ToByteArray()), length);
}
