namespace Tempera.Model.Oracles.Rna;

/// <summary>
/// Everything of the duplex recursion that depends on the target only, as rows over target positions: entry x of a row is the
/// energy of a loop that closes at (or opens from) target base x, given up to four neighbouring letters of the designed strand.
/// </summary>
/// <remarks>
/// A code is b_j + 4 b_{j+1} + 16 b_{j+2} + 64 b_{j+3}, of as many letters as a table needs, beginning at the closing pair's
/// column j. Entries without a base pair are <see cref="Unreachable"/>. No sum overflows 16 bits: columns never exceed
/// <see cref="Unreachable"/>, and one more term that large still fits.
/// </remarks>
internal sealed unsafe class DuplexTables
{
    /// <summary>Stands for infinity: larger than any energy, small enough that two of them add up in 16 bits.</summary>
    public const short Unreachable = 15000;

    /// <summary>Index of a neighbour that does not exist.</summary>
    public const int NoNeighbour = 4;

    /// <summary>Target positions a vector holds; rows have a multiple of it.</summary>
    public const int Lanes = 16;

    private const int Kinds = 4;
    private const int Starts = 0, Ends = Starts + 20, Stacks = Ends + 20, Bulges1 = Stacks + 16, Bulges2 = Bulges1 + 16,
        Ones = Bulges2 + 16, TwoOnes = Ones + 64, OneTwos = TwoOnes + 64, TwoTwos = OneTwos + 256,
        Opens = TwoTwos + 256, Closes = Opens + 16 * Kinds, RowCount = Closes + 16 * Kinds;

    private readonly DuplexParameters _parameters;
    private readonly byte[] _target;
    private readonly AlignedShorts _rows;

    public DuplexTables(DuplexParameters parameters, ReadOnlySpan<byte> target)
    {
        (_parameters, _target) = (parameters, target.ToArray());
        Width = (target.Length + Lanes - 1) / Lanes * Lanes;
        _rows = new AlignedShorts(RowCount * Width, Unreachable);
        LoopSizes = new LoopSizeTables(parameters);
        FillEnds();
        FillSmallLoops();
        FillLoopSides();
        Bounds = new DuplexBounds(this);
    }

    /// <summary>Entries of a row: target positions, rounded up to whole vectors.</summary>
    public int Width { get; }

    /// <summary>Size terms of long loops.</summary>
    public LoopSizeTables LoopSizes { get; }

    /// <summary>Bounds that let the recursion leave loops out.</summary>
    public DuplexBounds Bounds { get; }

    /// <summary>First pair of a duplex at base b_j with right neighbour b_{j+1}, initiation included.</summary>
    public short* Start(int letter, int right) => Row(Starts + letter * 5 + right);

    /// <summary>Last pair of a duplex at base b_j with left neighbour b_{j-1}.</summary>
    public short* End(int letter, int left) => Row(Ends + letter * 5 + left);

    /// <summary>Stacked pairs, from column j + 1 and one base before.</summary>
    public short* Stack(int code2) => Row(Stacks + code2);

    /// <summary>A bulge of one target base, from column j + 1 and two bases before.</summary>
    public short* TargetBulge(int code2) => Row(Bulges1 + code2);

    /// <summary>A bulge of one designed base, from column j + 2 and one base before; the code has letters j and j + 2.</summary>
    public short* DesignBulge(int code2) => Row(Bulges2 + code2);

    /// <summary>Internal loop 1 x 1, from column j + 2 and two bases before.</summary>
    public short* OneByOne(int code3) => Row(Ones + code3);

    /// <summary>Internal loop with two target bases and one designed, from column j + 2 and three bases before.</summary>
    public short* TwoByOne(int code3) => Row(TwoOnes + code3);

    /// <summary>Internal loop with one target base and two designed, from column j + 3 and two bases before.</summary>
    public short* OneByTwo(int code4) => Row(OneTwos + code4);

    /// <summary>Internal loop 2 x 2, from column j + 3 and three bases before.</summary>
    public short* TwoByTwo(int code4) => Row(TwoTwos + code4);

    /// <summary>The opening pair's term of a loop that opens at column l; the code has letters l - 1 and l. 0 where nothing pairs.</summary>
    public short* Open(LoopKind kind, int code2) => Row(Opens + (int)kind * 16 + code2);

    /// <summary>The closing pair's term of a loop that closes at column j; the code has letters j and j + 1.</summary>
    public short* Close(LoopKind kind, int code2) => Row(Closes + (int)kind * 16 + code2);

    private short* Row(int row) => _rows.Pointer + (nint)row * Width;

    private void FillEnds()
    {
        for (var at = 0; at < _target.Length; at++)
        {
            for (var letter = 0; letter < 4; letter++)
            {
                if (RnaLetters.Pair(_target[at], letter) < 0)
                {
                    continue;
                }

                for (var neighbour = 0; neighbour <= NoNeighbour; neighbour++)
                {
                    var beside = neighbour == NoNeighbour ? -1 : neighbour;
                    Start(letter, neighbour)[at] = (short)(_parameters.DuplexInit
                        + _parameters.DuplexEnd(RnaLetters.Pair(_target[at], letter), Base(at - 1), beside));
                    End(letter, neighbour)[at] = (short)_parameters.DuplexEnd(RnaLetters.Pair(letter, _target[at]), beside, Base(at + 1));
                }
            }
        }
    }

    private void FillSmallLoops()
    {
        var set = _parameters;
        for (var at = 1; at < _target.Length; at++)
        {
            for (var code = 0; code < 256; code++)
            {
                var (b0, b1, b2, b3) = (code & 3, (code >> 2) & 3, (code >> 4) & 3, code >> 6);
                var q = RnaLetters.Pair(b0, _target[at]);
                if (q < 0)
                {
                    continue;
                }

                var sp = _target[at - 1];
                if (code < 16 && Opening(at - 1, b1) is >= 0 and var stacked)
                {
                    var energy = set.Stack[stacked * 6 + q];
                    Stack(code)[at] = (short)energy;
                    DesignBulge(code)[at] = (short)(set.Bulge[1] + energy);
                }

                if (code < 16 && Opening(at - 2, b1) is >= 0 and var bulged)
                {
                    TargetBulge(code)[at] = (short)(set.Bulge[1] + set.Stack[bulged * 6 + q]);
                }

                if (code < 64 && Opening(at - 2, b2) is >= 0 and var one)
                {
                    OneByOne(code)[at] = (short)set.Int11[((one * 6 + q) * 4 + sp) * 4 + b1];
                }

                if (code < 64 && Opening(at - 3, b2) is >= 0 and var two)
                {
                    TwoByOne(code)[at] = (short)set.Int21[(((q * 6 + two) * 4 + b1) * 4 + _target[at - 2]) * 4 + sp];
                }

                if (Opening(at - 2, b3) is >= 0 and var oneTwo)
                {
                    OneByTwo(code)[at] = (short)set.Int21[(((oneTwo * 6 + q) * 4 + sp) * 4 + b1) * 4 + b2];
                }

                if (Opening(at - 3, b3) is >= 0 and var twoTwo)
                {
                    TwoByTwo(code)[at] =
                        (short)set.Int22[((((twoTwo * 6 + q) * 4 + _target[at - 2]) * 4 + sp) * 4 + b1) * 4 + b2];
                }
            }
        }
    }

    private void FillLoopSides()
    {
        for (var kind = LoopKind.Bulge; kind <= LoopKind.TwoByThree; kind++)
        {
            for (var code = 0; code < 16; code++)
            {
                var (lower, upper) = (code & 3, code >> 2);
                for (var at = 0; at < Width; at++)
                {
                    var (p, q) = (Opening(at, upper), Base(at) < 0 ? -1 : RnaLetters.Pair(lower, Base(at)));
                    Open(kind, code)[at] = (short)(p < 0 || Base(at + 1) < 0 ? 0 : Side(kind, p, Base(at + 1), lower));
                    if (q >= 0 && at > 0)
                    {
                        Close(kind, code)[at] = (short)Side(kind, q, upper, Base(at - 1));
                    }
                }
            }
        }
    }

    private int Side(LoopKind kind, int pair, int x, int y) => kind switch
    {
        LoopKind.Bulge => _parameters.EndPenalty(pair),
        LoopKind.OneByN => DuplexParameters.Mismatch(_parameters.MismatchInterior1N, pair, x, y),
        LoopKind.TwoByThree => DuplexParameters.Mismatch(_parameters.MismatchInterior23, pair, x, y),
        _ => DuplexParameters.Mismatch(_parameters.MismatchInterior, pair, x, y),
    };

    private int Base(int at) => at >= 0 && at < _target.Length ? _target[at] : -1;

    private int Opening(int at, int letter) => Base(at) < 0 ? -1 : RnaLetters.Pair(_target[at], letter);
}
