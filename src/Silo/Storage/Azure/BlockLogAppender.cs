using System.Collections.Concurrent;

using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

using Tempera.Grains.Storage;

namespace Tempera.Silo.Storage.Azure;

/// <summary>Appends to blobs made of blocks. Remembers what the last append left, so that the next one costs two requests.</summary>
/// <remarks>
/// What is remembered is a guess that the commit's condition tests. Whoever appends takes it out of the cache, so that two
/// appends at once never share it; the second one asks storage.
/// </remarks>
internal sealed class BlockLogAppender(BlobContainerClient container)
{
    private const int MaxCached = 256, MaxAttempts = 5;

    private readonly ConcurrentDictionary<string, BlockLog> _cache = new(StringComparer.Ordinal);

    /// <summary>Adds bytes to a blob that ends where expected.</summary>
    public async Task<BlobAppend> Append(string name, ReadOnlyMemory<byte> content, BlobPosition expected, CancellationToken cancellationToken)
    {
        var client = container.GetBlockBlobClient(name);
        for (var attempt = 1; ; attempt++)
        {
            var known = _cache.TryRemove(name, out var log) && Matches(log, expected);
            log = known ? log! : await Load(client, cancellationToken);
            if (!Matches(log, expected))
            {
                Keep(name, log);
                return new BlobAppend(true, log.Length);
            }

            if (content.IsEmpty)
            {
                Keep(name, log);
                return new BlobAppend(false, log.Length, log.ETag?.ToString());
            }

            var added = LogBlock.New(content.Length);
            if (await TryCommit(client, log, added, content, cancellationToken) is { } committed)
            {
                Keep(name, committed);
                return new BlobAppend(false, committed.Length, committed.ETag?.ToString());
            }

            // Refused: somebody else has written, or this commit was made and its answer lost, after which the repeat was refused.
            var found = await Load(client, cancellationToken);
            if (found.Blocks is [.., var last] && last.Id == added.Id)
            {
                Keep(name, found);
                return new BlobAppend(false, found.Length, found.ETag?.ToString());
            }

            if (attempt == MaxAttempts || !Matches(found, expected))
            {
                return new BlobAppend(true, found.Length);
            }
        }
    }

    /// <summary>Forgets a blob that was written otherwise.</summary>
    public void Forget(string name) => _cache.TryRemove(name, out _);

    private static bool Matches(BlockLog log, BlobPosition expected) =>
        log.Length == expected.Length && (expected.ETag is null || log.ETag?.ToString() == expected.ETag);

    private void Keep(string name, BlockLog log)
    {
        if (_cache.Count >= MaxCached)
        {
            _cache.Clear();
        }

        _cache[name] = log;
    }

    private static async Task<BlockLog> Load(BlockBlobClient client, CancellationToken cancellationToken)
    {
        try
        {
            // The ETag first: should the blob change before its blocks are read, a commit on the old ETag is refused.
            var properties = (await client.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            var list = (await client.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellationToken)).Value;
            var blocks = list.CommittedBlocks.Select(static block => new LogBlock(block.Name, block.SizeLong)).ToList();
            var length = properties.ContentLength;
            return blocks.Sum(static block => block.Length) == length && blocks.TrueForAll(static block => block.IsOurs)
                ? new BlockLog(properties.ETag, blocks)
                : new BlockLog(properties.ETag, length == 0 ? [] : [new LogBlock(string.Empty, length)]);
        }
        catch (RequestFailedException exception) when (AzureFault.IsAbsent(exception))
        {
            return new BlockLog(null, []);
        }
    }

    // The log after the append, or null when the condition did not hold.
    private static async Task<BlockLog?> TryCommit(
        BlockBlobClient client, BlockLog log, LogBlock added, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            var blocks = await Staged(client, log, cancellationToken);
            await Stage(client, added, content, cancellationToken);
            blocks.Add(added);
            var options = new CommitBlockListOptions
            {
                Conditions = log.ETag is { } etag ? new BlobRequestConditions { IfMatch = etag } : new BlobRequestConditions { IfNoneMatch = ETag.All },
            };
            var written = await client.CommitBlockListAsync(blocks.Select(static block => block.Id), options, cancellationToken);
            return new BlockLog(written.Value.ETag, blocks);
        }
        catch (RequestFailedException exception) when (AzureFault.IsConflict(exception) || AzureFault.IsLostBlock(exception))
        {
            return null;
        }
    }

    // The log's blocks, the small ones at the end or those of a put written as one if there are too many of them.
    private static async Task<List<LogBlock>> Staged(BlockBlobClient client, BlockLog log, CancellationToken cancellationToken)
    {
        var put = log.Blocks is [{ IsPut: true }];
        if (!put && log.Small < BlockLog.MaxSmall)
        {
            return [.. log.Blocks];
        }

        var kept = put ? [] : log.Blocks.Take(log.Blocks.Count - log.Small).ToList();
        var range = put ? new HttpRange(0, log.Length) : new HttpRange(log.Length - log.SmallBytes, log.SmallBytes);
        var options = new BlobDownloadOptions { Range = range, Conditions = new BlobRequestConditions { IfMatch = log.ETag } };
        var bytes = (await client.DownloadContentAsync(options, cancellationToken)).Value.Content.ToMemory();
        for (var from = 0; from < bytes.Length; from += 4 * BlockLog.FullBytes)
        {
            var part = bytes[from..Math.Min(bytes.Length, from + (4 * BlockLog.FullBytes))];
            var block = LogBlock.New(part.Length);
            await Stage(client, block, part, cancellationToken);
            kept.Add(block);
        }

        return kept;
    }

    private static async Task Stage(BlockBlobClient client, LogBlock block, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var stream = new BinaryData(content).ToStream();
        await client.StageBlockAsync(block.Id, stream, cancellationToken: cancellationToken);
    }
}
