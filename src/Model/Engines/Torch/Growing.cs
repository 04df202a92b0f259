namespace Tempera.Model.Engines.Torch;

/// <summary>An array that keeps its memory from pass to pass.</summary>
internal sealed class Growing<T>
    where T : unmanaged
{
    private T[] _values = [];

    /// <summary>Elements in use.</summary>
    public int Count { get; private set; }

    /// <summary>The elements in use.</summary>
    public Span<T> Span => _values.AsSpan(0, Count);

    /// <summary>Takes a number of elements into use, all zero.</summary>
    public void Clear(int count)
    {
        Count = 0;
        Extend(count);
        Span.Clear();
    }

    /// <summary>Makes room for more elements and keeps those there are.</summary>
    public void Extend(int count)
    {
        if (count > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(count, 2 * _values.Length));
        }

        Count = Math.Max(Count, count);
    }
}
