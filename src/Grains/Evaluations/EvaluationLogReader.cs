using System.Runtime.CompilerServices;

using Tempera.Contracts.Errors;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Evaluations;

/// <summary>Reads a campaign's evaluation log. Reading never changes it.</summary>
internal sealed class EvaluationLogReader(IBlobStore blobs, CampaignBlobs names)
{
    /// <summary>All segments in the order of their epochs, one at a time; those of shards are not among them.</summary>
    /// <exception cref="TemperaException">A record was written by a newer version, or storage refused.</exception>
    public async IAsyncEnumerable<EvaluationSegment> ReadSegments([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var epochs = (await blobs.List(names.EvaluationsPrefix, cancellationToken)).Select(item => names.EpochOf(item.Name)).OfType<long>().Order();
        foreach (var epoch in epochs)
        {
            yield return await ReadSegment(epoch, cancellationToken);
        }
    }

    /// <summary>All segments of a shard in order, one at a time.</summary>
    /// <exception cref="TemperaException">A record was written by a newer version, or storage refused.</exception>
    public async IAsyncEnumerable<EvaluationSegment> ReadShard(int shard, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var segments = (await blobs.List(names.EvaluationsPrefix, cancellationToken)).Select(item => names.ShardSegmentOf(item.Name)).OfType<ShardSegmentName>();
        foreach (var segment in segments.Where(segment => segment.Shard == shard))
        {
            yield return await Read(segment.Epoch, names.ShardSegment(segment), cancellationToken);
        }
    }

    /// <summary>One epoch's segment; empty when the epoch logged nothing.</summary>
    /// <exception cref="TemperaException">A record was written by a newer version, or storage refused.</exception>
    public Task<EvaluationSegment> ReadSegment(long epoch, CancellationToken cancellationToken = default) =>
        Read(epoch, names.Segment(epoch), cancellationToken);

    private async Task<EvaluationSegment> Read(long epoch, string name, CancellationToken cancellationToken)
    {
        if (await blobs.Get(name, cancellationToken) is not { } blob)
        {
            return new EvaluationSegment(epoch, [], null);
        }

        var (batches, damage) = EvaluationFormat.ReadAll(name, blob.Content);
        return new EvaluationSegment(epoch, batches, damage);
    }
}
