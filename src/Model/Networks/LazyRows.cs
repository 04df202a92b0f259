namespace Tempera.Model.Networks;

/// <summary>
/// The rows of a wide first layer, one a feature, and which of them the last backward pass reached. An optimiser leaves the others
/// as they are, moments included: of the features of all long windows, a batch has few.
/// </summary>
/// <remarks>As SparseAdam of PyTorch: a row's moments decay only in steps whose gradient reaches it.</remarks>
/// <param name="offset">First element of row 0 in the flat vector.</param>
/// <param name="rows">Rows.</param>
/// <param name="columns">Elements of a row.</param>
public sealed class LazyRows(int offset, int rows, int columns)
{
    /// <summary>A first layer of more features than this is lazy. Windows that are chosen by themselves make fewer; those of a budget that pays for the space, and large grids, make more.</summary>
    public const int MostEagerFeatures = 2500;

    /// <summary>A row moves this many times the step size, since few steps reach it.</summary>
    public const float StepFactor = 4;

    private readonly List<int> _reached = [];

    /// <summary>First element of row 0 in the flat vector.</summary>
    public int Offset { get; } = offset;

    /// <summary>The element after the last row.</summary>
    public int End { get; } = offset + (rows * columns);

    /// <summary>Elements of a row.</summary>
    public int Columns { get; } = columns;

    /// <summary>Rows whose gradient differs from zero, each once.</summary>
    public IReadOnlyList<int> Reached => _reached;

    /// <summary>The elements of a row.</summary>
    public Span<float> Row(Span<float> vector, int row) => vector.Slice(Offset + (row * Columns), Columns);

    /// <summary>Marks a row that was written as reached where its gradient differs from zero.</summary>
    public void MarkIfReached(Span<float> gradient, int row)
    {
        if (Row(gradient, row).ContainsAnyExcept(0f))
        {
            _reached.Add(row);
        }
    }

    /// <summary>Marks all rows whose gradient differs from zero, where it is not known which were written.</summary>
    public void MarkAllReached(Span<float> gradient)
    {
        _reached.Clear();
        for (var row = 0; row < (End - Offset) / Columns; row++)
        {
            MarkIfReached(gradient, row);
        }
    }

    /// <summary>Sets the gradient to zero: that of the rows reached, and all that is no row.</summary>
    public void Clear(Span<float> gradient)
    {
        gradient[..Offset].Clear();
        gradient[End..].Clear();
        foreach (var row in _reached)
        {
            Row(gradient, row).Clear();
        }

        _reached.Clear();
    }
}
