namespace Tempera.Grains.Storage;

/// <summary>Names a segment of the evaluation log that a shard writes.</summary>
/// <param name="Epoch">Lease epoch.</param>
/// <param name="Shard">Number of the shard.</param>
/// <param name="Part">From 0: the shard's activations of the epoch, in order.</param>
public readonly record struct ShardSegmentName(long Epoch, int Shard, int Part)
{
    /// <summary>True when a segment of the same shard was begun before this one.</summary>
    public bool IsAfter(ShardSegmentName other) => other.Shard == Shard && (other.Epoch, other.Part).CompareTo((Epoch, Part)) < 0;
}
