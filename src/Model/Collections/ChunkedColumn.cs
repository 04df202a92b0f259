namespace Tempera.Model.Collections;

/// <summary>An append-only column in chunks of <see cref="ChunkRows"/> rows: growing never copies and wastes less than one chunk.</summary>
internal sealed class ChunkedColumn<T>
    where T : unmanaged
{
    /// <summary>Rows of a chunk: 64 KiB of the widest element, which stays off the large object heap.</summary>
    public const int ChunkRows = 1 << Shift;

    private const int Shift = 12;
    private readonly List<T[]> _chunks = [];

    /// <summary>Rows in use.</summary>
    public int Count { get; private set; }

    /// <summary>Rows allocated.</summary>
    public long Capacity => (long)_chunks.Count * ChunkRows;

    /// <summary>The element of a row in use.</summary>
    public T this[int row] => _chunks[row >> Shift][row & (ChunkRows - 1)];

    /// <summary>Appends one row.</summary>
    public void Add(T value)
    {
        if (Count == Capacity)
        {
            _chunks.Add(new T[ChunkRows]);
        }

        _chunks[Count >> Shift][Count & (ChunkRows - 1)] = value;
        Count++;
    }
}
