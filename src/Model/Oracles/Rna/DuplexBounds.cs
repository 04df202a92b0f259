namespace Tempera.Model.Oracles.Rna;

/// <summary>
/// Lower bounds that hold for one target. They are what lets <see cref="DuplexColumns"/> leave out nearly all long loops
/// without ever changing an energy.
/// </summary>
/// <remarks>
/// A loop that closes at a pair is useless if starting the duplex anew at that pair is as good (<see cref="BestStart"/>), and
/// if the best continuation from that column (<see cref="Remaining"/>) cannot reach below the best energy known already.
/// </remarks>
internal sealed unsafe class DuplexBounds
{
    private const int Kinds = 4;

    private readonly int[] _end = new int[20];
    private readonly int[] _one = new int[16];
    private readonly int[] _two = new int[64];
    private readonly int[] _three = new int[256];
    private readonly int _long;

    public DuplexBounds(DuplexTables tables)
    {
        var width = tables.Width;
        for (var kind = LoopKind.Bulge; kind <= LoopKind.TwoByThree; kind++)
        {
            var (start, open, close) = (-DuplexTables.Unreachable, (int)DuplexTables.Unreachable, (int)DuplexTables.Unreachable);
            for (var code = 0; code < 16; code++)
            {
                var starts = tables.Start(code & 3, code >> 2);
                var closes = tables.Close(kind, code);
                open = Math.Min(open, Lowest(tables.Open(kind, code), width));
                close = Math.Min(close, Lowest(closes, width));
                for (var at = 0; at < width; at++)
                {
                    start = closes[at] < DuplexTables.Unreachable ? Math.Max(start, starts[at] - closes[at]) : start;
                }
            }

            (BestStart[(int)kind], LowestOpen[(int)kind], LowestClose[(int)kind]) = (start, open, close);
        }

        for (var i = 0; i < _end.Length; i++)
        {
            _end[i] = Lowest(tables.End(i / 5, i % 5), width);
        }

        for (var code = 0; code < 256; code++)
        {
            _three[code] = Math.Min(Lowest(tables.OneByTwo(code), width), Lowest(tables.TwoByTwo(code), width));
            if (code < 64)
            {
                var bulge = Lowest(tables.DesignBulge((code & 3) | (code >> 4 << 2)), width);
                _two[code] = Math.Min(bulge, Math.Min(Lowest(tables.OneByOne(code), width), Lowest(tables.TwoByOne(code), width)));
            }

            if (code < 16)
            {
                _one[code] = Math.Min(Lowest(tables.Stack(code), width), Lowest(tables.TargetBulge(code), width));
            }
        }

        var sizes = tables.LoopSizes;
        _long = Math.Min(
            Math.Min(
                Math.Min(sizes.Lowest[0], sizes.Bulge.Min()) + Sides(LoopKind.Bulge),
                Math.Min(sizes.Lowest[1], sizes.OneByN.Min()) + Sides(LoopKind.OneByN)),
            Math.Min(sizes.Lowest.AsSpan(2).ToArray().Min() + Sides(LoopKind.Generic), sizes.TwoByThree + Sides(LoopKind.TwoByThree)));
    }

    /// <summary>The most that starting a duplex at a pair exceeds that pair's closing term, by <see cref="LoopKind"/>.</summary>
    public int[] BestStart { get; } = new int[Kinds];

    /// <summary>The lowest opening term, by <see cref="LoopKind"/>.</summary>
    public int[] LowestOpen { get; } = new int[Kinds];

    /// <summary>The lowest closing term, by <see cref="LoopKind"/>.</summary>
    public int[] LowestClose { get; } = new int[Kinds];

    /// <summary>
    /// For each column j from 1, a bound on what everything after a pair at column j adds: with the letters given (1-based), or,
    /// without letters, over all letters.
    /// </summary>
    public void Remaining(ReadOnlySpan<byte> letters, Span<int> remaining)
    {
        var known = !letters.IsEmpty;
        var lowest = (int)DuplexTables.Unreachable;
        var (end, one, two, three) = known ? default : (_end.Min(), _one.Min(), _two.Min(), _three.Min());
        for (var j = 1; j < remaining.Length; j++)
        {
            var bound = _long + lowest;
            var code = 0;
            if (known)
            {
                end = _end[letters[j] * 5 + (j == 1 ? DuplexTables.NoNeighbour : letters[j - 1])];
                code = letters[j];
            }

            bound = Math.Min(bound, end);
            for (var back = 1; back <= 3 && back < j; back++)
            {
                code = known ? (code << 2) | letters[j - back] : 0;
                var step = back switch { 1 => known ? _one[code] : one, 2 => known ? _two[code] : two, _ => known ? _three[code] : three };
                bound = Math.Min(bound, step + remaining[j - back]);
            }

            remaining[j] = bound;
            lowest = Math.Min(lowest, bound);
        }
    }

    private static int Lowest(short* row, int count)
    {
        var lowest = row[0];
        for (var i = 1; i < count; i++)
        {
            lowest = Math.Min(lowest, row[i]);
        }

        return lowest;
    }

    private int Sides(LoopKind kind) => LowestOpen[(int)kind] + LowestClose[(int)kind];
}
