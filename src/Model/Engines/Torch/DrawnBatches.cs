using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>The device's copies of the latest batches: the one that explores and the one that is replayed.</summary>
internal sealed class DrawnBatches : IDisposable
{
    private readonly (TrajectoryBatch Batch, int Version, Tensor States)?[] _entries = new (TrajectoryBatch, int, Tensor)?[2];
    private int _oldest;

    /// <summary>State numbers of a batch, if they are still those of its content.</summary>
    public Tensor? Find(TrajectoryBatch batch)
    {
        foreach (var entry in _entries)
        {
            if (entry is { } known && known.Batch == batch && known.Version == batch.Version)
            {
                return known.States;
            }
        }

        return null;
    }

    /// <summary>Keeps the state numbers of a batch in place of the oldest ones.</summary>
    public Tensor Add(TrajectoryBatch batch, Tensor states)
    {
        // A batch replaces itself, so that two that alternate stay.
        var slot = Array.FindIndex(_entries, entry => entry?.Batch == batch);
        slot = slot < 0 ? _oldest : slot;
        _oldest = (slot + 1) % _entries.Length;
        _entries[slot]?.States.Dispose();
        _entries[slot] = (batch, batch.Version, TorchContext.Keep(states));
        return states;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var entry in _entries)
        {
            entry?.States.Dispose();
        }
    }
}
