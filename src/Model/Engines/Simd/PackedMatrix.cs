namespace Tempera.Model.Engines.Simd;

/// <summary>
/// A right-hand matrix [k, n] rearranged for <see cref="MatrixKernels"/>: panels of 64 (then 16) columns, each stored row by
/// row without gaps, columns padded with zeros to a multiple of 16.
/// </summary>
internal sealed unsafe class PackedMatrix : IDisposable
{
    private readonly AlignedBuffer _panels;

    public PackedMatrix(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        PaddedColumns = Pad(columns);
        _panels = new AlignedBuffer((long)rows * PaddedColumns);
    }

    /// <summary>k.</summary>
    public int Rows { get; }

    /// <summary>n.</summary>
    public int Columns { get; }

    /// <summary>n, rounded up to a multiple of 16.</summary>
    public int PaddedColumns { get; }

    /// <summary>First column that is not in a panel of 64.</summary>
    public int WideColumns => PaddedColumns / 64 * 64;

    /// <summary>The panel that begins at a column.</summary>
    public float* Panel(int column) => _panels.Pointer + (long)column * Rows;

    /// <summary>Rounds up to a multiple of 16.</summary>
    public static int Pad(int n) => (n + 15) / 16 * 16;

    /// <summary>Takes the values of a row-major matrix [k, n] with a row stride.</summary>
    public void Pack(float* source, int stride)
    {
        for (var column = 0; column < PaddedColumns;)
        {
            var width = column < WideColumns ? 64 : 16;
            var panel = Panel(column);
            var used = Math.Min(width, Columns - column);
            for (var row = 0; row < Rows; row++)
            {
                new ReadOnlySpan<float>(source + (long)row * stride + column, used).CopyTo(new Span<float>(panel, width));
                panel += width;
            }

            column += width;
        }
    }

    /// <summary>Takes the values of the transpose of a row-major matrix [n, k] with a row stride.</summary>
    public void PackTransposed(float* source, int stride)
    {
        for (var column = 0; column < Columns; column++)
        {
            var start = column < WideColumns ? column / 64 * 64 : column / 16 * 16;
            var width = column < WideColumns ? 64 : 16;
            var target = Panel(start) + (column - start);
            var from = source + (long)column * stride;
            for (var row = 0; row < Rows; row++)
            {
                target[(long)row * width] = from[row];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _panels.Dispose();
}
