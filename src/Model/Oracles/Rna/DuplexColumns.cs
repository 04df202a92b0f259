using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tempera.Model.Oracles.Rna;

/// <summary>
/// The columns of the duplex recursion for one designed sequence, computed from its right end: column j holds, over all target
/// positions i, C(i, j) = the lowest energy of a duplex whose last pair is (i, j).
/// </summary>
/// <remarks>
/// <para>Column j depends on letters j..m only, so sequences with a common right end share columns: after column j changes,
/// only columns below it are computed again. That needs a workspace that keeps what each column pushed (<c>shared</c>).</para>
/// <para>Loops with rules of their own (up to 2 x 2, and 2 x 3) are pulled, a few vector additions each. Long bulges and loops
/// are pushed, from each column to the columns below, only from target positions where <see cref="DuplexBounds"/> does not
/// rule them out. Column energies may therefore be too high where that cannot matter; the final energy is exact.</para>
/// <para>Not thread safe. Rows beyond the sequence are unreachable, which keeps the kernels free of conditions.</para>
/// </remarks>
internal sealed unsafe partial class DuplexColumns
{
    private const int Padding = DuplexTables.Lanes, Beyond = 4, Kinds = 3, OpenedPadding = 48;

    private readonly DuplexTables _tables;
    private readonly int _length;
    private readonly bool _shared;
    private readonly int _width;
    private readonly int _stride;
    private readonly AlignedShorts _columns;
    private readonly AlignedShorts _twoByThree;
    private readonly AlignedShorts _pushed;
    private readonly int[] _pushedRow;
    private readonly byte[] _letters;
    private readonly int[] _best;
    private readonly int[] _remaining;

    public DuplexColumns(DuplexTables tables, int length, bool shared)
    {
        if (length < 1 || length > tables.LoopSizes.MaxLoop)
        {
            throw new ArgumentException(
                $"A designed strand has 1 to {tables.LoopSizes.MaxLoop} letters; received {length}. Choose a length in this range.",
                nameof(length));
        }

        (_tables, _length, _shared) = (tables, length, shared);
        (_width, _stride) = (tables.Width, tables.Width + Padding);
        _columns = new AlignedShorts((length + 1 + Beyond) * _stride, DuplexTables.Unreachable);
        _twoByThree = new AlignedShorts((length + 1 + Beyond) * _stride, DuplexTables.Unreachable);
        _opened = new AlignedShorts(Kinds * (_width + OpenedPadding), DuplexTables.Unreachable);
        _pushed = new AlignedShorts((1 + (shared ? length + 1 : 1) * Slots) * _width, DuplexTables.Unreachable);
        _pushedRow = new int[(length + 2) * Slots];
        _letters = new byte[length + 2 + Beyond];
        _best = new int[length + 2];
        _remaining = new int[length + 1];
        tables.Bounds.Remaining([], _remaining);
        if (_remaining[length] < -DuplexTables.Unreachable / 2)
        {
            throw new ArgumentException(
                $"Energies must stay above {-DuplexTables.Unreachable / 2} dcal/mol; {length} letters could reach {_remaining[length]}. "
                + "Design shorter sequences.", nameof(length));
        }

        Reset(DuplexTables.Unreachable);
    }

    /// <summary>Letters of the designed sequence from index 1; what lies behind them is 0.</summary>
    public Span<byte> Letters => _letters.AsSpan(1, _length);

    private int Slots => Kinds * (_length + 1);

    /// <summary>Forgets all columns; energies at or above the ceiling need not be told apart.</summary>
    public void Reset(int ceiling) => _best[_length + 1] = ceiling;

    /// <summary>Lets bounds rely on the letters as they are now, in place of any letters: tighter, but no column may be kept.</summary>
    public void BoundByLetters() => _tables.Bounds.Remaining(_letters, _remaining);

    /// <summary>Computes column j from the columns above it and the letters from j on; completes column j + 1.</summary>
    public void Extend(int column)
    {
        if (column < _length)
        {
            Complete(column + 1);
        }

        Compute(column);
        GC.KeepAlive(this);
    }

    /// <summary>Completes column 1; returns the minimum free energy, or the ceiling where that is lower.</summary>
    public int Finish()
    {
        Complete(1);
        GC.KeepAlive(this);
        return _best[1];
    }

    /// <summary>Computes columns from <paramref name="column"/> down to 1.</summary>
    public int Fold(int column)
    {
        for (var j = column; j >= 1; j--)
        {
            Extend(j);
        }

        return Finish();
    }

    private short* Column(int column) => _columns.Pointer + column * _stride + Padding;

    private int Code(int column) =>
        _letters[column] | (_letters[column + 1] << 2) | (_letters[column + 2] << 4) | (_letters[column + 3] << 6);

    private void Compute(int j)
    {
        var (tables, width, code) = (_tables, _width, Code(j));
        var (code2, code3) = (code & 15, code & 63);
        var c0 = Column(j);
        var c1 = Column(j + 1);
        var c2 = Column(j + 2);
        var c3 = Column(j + 3);
        var open3 = _twoByThree.Pointer + (j + 3) * _stride + Padding;
        var open4 = open3 + _stride;
        var start = tables.Start(_letters[j], j == _length ? DuplexTables.NoNeighbour : _letters[j + 1]);
        var stack = tables.Stack(code2);
        var targetBulge = tables.TargetBulge(code2);
        var designBulge = tables.DesignBulge((code & 3) | ((code >> 2) & 12));
        var oneByOne = tables.OneByOne(code3);
        var twoByOne = tables.TwoByOne(code3);
        var oneByTwo = tables.OneByTwo(code);
        var twoByTwo = tables.TwoByTwo(code);
        var close23 = tables.Close(LoopKind.TwoByThree, code2);
        for (var i = 0; i < width; i += DuplexTables.Lanes)
        {
            var energy = Vector256.Load(start + i);
            energy = Least(energy, c1 - 1, stack, i);
            energy = Least(energy, c1 - 2, targetBulge, i);
            energy = Least(energy, c2 - 1, designBulge, i);
            energy = Least(energy, c2 - 2, oneByOne, i);
            energy = Least(energy, c2 - 3, twoByOne, i);
            energy = Least(energy, c3 - 2, oneByTwo, i);
            energy = Least(energy, c3 - 3, twoByTwo, i);
            var opened = Vector256.Min(Vector256.Load(open3 + i - 4), Vector256.Load(open4 + i - 3));
            Vector256.Min(energy, opened + Vector256.Load(close23 + i)).Store(c0 + i);
        }

        for (var kind = 0; kind < Kinds; kind++)
        {
            var row = _pushedRow[(j + 1) * Slots + j * Kinds + kind];
            if (row != 0)
            {
                TakePushed(c0, _pushed.Pointer + (nint)row * width, tables.Close((LoopKind)kind, code2), width);
            }
        }
    }

    private static void TakePushed(short* column, short* pushed, short* close, int width)
    {
        for (var i = 0; i < width; i += DuplexTables.Lanes)
        {
            Least(Vector256.Load(column + i), pushed, close, i).Store(column + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Least(Vector256<short> energy, short* from, short* loop, int i) =>
        Vector256.Min(energy, Vector256.Load(from + i) + Vector256.Load(loop + i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Lowest(Vector256<short> values)
    {
        var lanes = Vector128.Min(values.GetLower(), values.GetUpper());
        lanes = Vector128.Min(lanes, Vector128.Shuffle(lanes, Vector128.Create((short)4, 5, 6, 7, 0, 1, 2, 3)));
        lanes = Vector128.Min(lanes, Vector128.Shuffle(lanes, Vector128.Create((short)2, 3, 0, 1, 6, 7, 4, 5)));
        return Math.Min(lanes[0], lanes[1]);
    }
}
