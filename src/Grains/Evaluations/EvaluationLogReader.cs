using Tempera.Contracts.Errors;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Evaluations;

/// <summary>Reads a campaign's evaluation log. Reading never changes it.</summary>
internal sealed class EvaluationLogReader(IBlobStore blobs, CampaignBlobs names)
{
    /// <summary>All segments in the order of their epochs, one at a time.</summary>
    /// <exception cref="TemperaException">A record was written by a newer version, or storage refused.</exception>
    public async IAsyncEnumerable<EvaluationSegment> ReadSegments(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var epochs = (await blobs.List(names.EvaluationsPrefix, cancellationToken)).Select(item => names.EpochOf(item.Name)).OfType<long>().Order();
        foreach (var epoch in epochs)
        {
            yield return await ReadSegment(epoch, cancellationToken);
        }
    }

    /// <summary>One epoch's segment; empty when the epoch logged nothing.</summary>
    /// <exception cref="TemperaException">A record was written by a newer version, or storage refused.</exception>
    public async Task<EvaluationSegment> ReadSegment(long epoch, CancellationToken cancellationToken = default)
    {
        var name = names.Segment(epoch);
        if (await blobs.Get(name, cancellationToken) is not { } blob)
        {
            return new EvaluationSegment(epoch, [], null);
        }

        var (batches, damage) = EvaluationFormat.ReadAll(name, blob.Content);
        return new EvaluationSegment(epoch, batches, damage);
    }
}
