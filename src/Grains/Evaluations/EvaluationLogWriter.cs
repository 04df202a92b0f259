using System.Buffers;

using Tempera.Contracts.Errors;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Evaluations;

/// <summary>
/// Appends to the segment of one epoch. Only one writer ever holds an epoch, and the next one seals the segment, so a segment
/// that is not as it was left means that the epoch has passed.
/// </summary>
internal sealed class EvaluationLogWriter
{
    private readonly IBlobStore _blobs;
    private readonly string _segment;
    private readonly ulong _oracle;
    private readonly bool _durable;
    private BlobPosition _end;

    private EvaluationLogWriter(IBlobStore blobs, string segment, ulong oracle, bool durable, BlobPosition end) =>
        (_blobs, _segment, _oracle, _durable, _end) = (blobs, segment, oracle, durable, end);

    /// <summary>
    /// Begins the segment of an epoch and seals those of all earlier ones: a writer that was overtaken and wakes up can add
    /// nothing that this epoch has not read.
    /// </summary>
    /// <exception cref="TemperaException">Another writer has begun the segment, or storage refused.</exception>
    public static async Task<EvaluationLogWriter> Open(IBlobStore blobs, CampaignBlobs names, long epoch, ulong oracle, bool durable)
    {
        var segment = names.Segment(epoch);
        var begun = await blobs.Put(segment, ReadOnlyMemory<byte>.Empty, BlobCondition.IfNoneMatch);
        if (begun.Conflict)
        {
            throw Taken(segment, 0, (await blobs.Get(segment))?.Content.Length ?? 0);
        }

        for (var passed = epoch - 1; passed > 0; passed--)
        {
            await blobs.Seal(names.Segment(passed));
        }

        return new EvaluationLogWriter(blobs, segment, oracle, durable, new BlobPosition(0, begun.ETag));
    }

    /// <summary>
    /// Begins a segment of a shard and seals those that were begun before: an activation of it that was lost and wakes up can add nothing
    /// that this one has not read. The lease is looked at afterwards, so that a writer of an epoch that has passed adds nothing either.
    /// </summary>
    /// <exception cref="TemperaException">Another writer has taken over, or storage refused.</exception>
    public static async Task<EvaluationLogWriter> OpenShard(
        IBlobStore blobs, CampaignBlobs names, (long Epoch, int Shard) shard, CampaignLease lease, ulong oracle, bool durable)
    {
        var before = (await blobs.List(names.EvaluationsPrefix)).Select(item => names.ShardSegmentOf(item.Name)).OfType<ShardSegmentName>().ToList();
        var mine = before.Where(segment => segment.Epoch == shard.Epoch && segment.Shard == shard.Shard);
        var name = new ShardSegmentName(shard.Epoch, shard.Shard, mine.Select(static segment => segment.Part + 1).DefaultIfEmpty(0).Max());
        var begun = await blobs.Put(names.ShardSegment(name), ReadOnlyMemory<byte>.Empty, BlobCondition.IfNoneMatch);
        if (begun.Conflict)
        {
            throw Taken(names.ShardSegment(name), 0, (await blobs.Get(names.ShardSegment(name)))?.Content.Length ?? 0);
        }

        await lease.Require(shard.Epoch);
        foreach (var earlier in before.Where(name.IsAfter))
        {
            await blobs.Seal(names.ShardSegment(earlier));
        }

        return new EvaluationLogWriter(blobs, names.ShardSegment(name), oracle, durable, new BlobPosition(0, begun.ETag));
    }

    /// <summary>Appends the evaluations of a round; on storage that survives a power cut when the writer is durable.</summary>
    /// <exception cref="TemperaException">Another writer uses the segment, or storage refused.</exception>
    public async Task Append(int round, UInt128[] objects, float[] betas, double[] scores, int count)
    {
        var bytes = EvaluationFormat.RecordBytes(count);
        var buffer = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            EvaluationFormat.Write(buffer.AsSpan(0, bytes), round, _oracle, objects.AsSpan(0, count), betas.AsSpan(0, count), scores.AsSpan(0, count));
            await Append(buffer.AsMemory(0, bytes), _durable);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Forces everything appended to stable storage.</summary>
    /// <exception cref="TemperaException">Another writer uses the segment, or storage refused.</exception>
    public Task Flush() => _end.Length == 0 ? Task.CompletedTask : Append(ReadOnlyMemory<byte>.Empty, durable: true);

    private async Task Append(ReadOnlyMemory<byte> bytes, bool durable)
    {
        var appended = await _blobs.Append(_segment, bytes, _end, durable);
        _end = appended.Conflict ? throw Taken(_segment, _end.Length, appended.Length) : appended.End;
    }

    private static TemperaException Taken(string segment, long expected, long actual) => new(TemperaError.StaleEpoch,
        $"One writer appends to {segment}; it should have {expected} bytes, as they were left, and has {actual}. Another process has taken over the campaign: let it run, or stop it and resume here.");
}
