namespace Tempera.Model.Oracles.Rna;

/// <summary>
/// The size term of long loops as rows over n1, the unpaired bases of the target: one row for each n2, the unpaired bases of
/// the designed strand. Row 0 holds bulges, row 1 the 1 x n loops, the others generic loops; sizes with rules of their own are
/// unreachable.
/// </summary>
internal sealed class LoopSizeTables
{
    /// <summary>Entries before n1 = 0, so that a vector may begin before the row.</summary>
    public const int Padding = 16;

    /// <summary>Distance of two rows: the padding, n1 up to 30, and room for vectors that begin in the row and end behind it.</summary>
    public const int Stride = 80;

    /// <summary>Largest loop the rows have room for.</summary>
    public const int LargestLoop = 30;

    public LoopSizeTables(DuplexParameters parameters)
    {
        if (parameters.MaxLoop > LargestLoop)
        {
            throw new ArgumentException(
                $"Loops have at most {LargestLoop} unpaired bases; received max-loop {parameters.MaxLoop}. Lower it.", nameof(parameters));
        }

        var rows = parameters.MaxLoop - 1;
        (MaxLoop, TwoByThree) = (parameters.MaxLoop, parameters.LoopSize(2, 3));
        Sizes = new AlignedShorts(rows * Stride, DuplexTables.Unreachable);
        Tails = new AlignedShorts(rows * Stride, DuplexTables.Unreachable);
        Lowest = new int[rows];
        DenseBulge = new short[MaxLoop + 1];
        DenseOneByN = new short[MaxLoop + 1];
        for (var n2 = 0; n2 < rows; n2++)
        {
            Fill(parameters, n2);
            DenseBulge[n2] = (short)parameters.Bulge[n2];
            DenseOneByN[n2] = (short)(n2 < 3 ? DuplexTables.Unreachable : parameters.LoopSize(1, n2));
        }
    }

    /// <summary>Most unpaired bases of a loop.</summary>
    public int MaxLoop { get; }

    /// <summary>Size term of a 2 x 3 loop.</summary>
    public int TwoByThree { get; }

    /// <summary>Size terms, at n2 * <see cref="Stride"/> + <see cref="Padding"/> + n1.</summary>
    public AlignedShorts Sizes { get; }

    /// <summary>The lowest size term from n1 on, laid out as <see cref="Sizes"/>.</summary>
    public AlignedShorts Tails { get; }

    /// <summary>The lowest size term of each row.</summary>
    public int[] Lowest { get; }

    /// <summary>Bulges of n2 bases of the designed strand.</summary>
    public short[] DenseBulge { get; }

    /// <summary>Size terms of loops 1 x n2.</summary>
    public short[] DenseOneByN { get; }

    /// <summary>The family of row n2.</summary>
    public static LoopKind Kind(int n2) => n2 switch { 0 => LoopKind.Bulge, 1 => LoopKind.OneByN, _ => LoopKind.Generic };

    private void Fill(DuplexParameters parameters, int n2)
    {
        var first = n2 * Stride + Padding;
        for (var n1 = n2 == 1 ? 3 : 2; n1 + n2 <= MaxLoop; n1++)
        {
            var special = n2 > 1 && n1 + n2 <= 5;
            Sizes.Span[first + n1] = special ? DuplexTables.Unreachable
                : (short)(n2 == 0 ? parameters.Bulge[n1] : parameters.LoopSize(n1, n2));
        }

        var lowest = DuplexTables.Unreachable;
        for (var at = (n2 + 1) * Stride - 1; at >= n2 * Stride; at--)
        {
            lowest = Math.Min(lowest, Sizes.Span[at]);
            Tails.Span[at] = lowest;
        }

        Lowest[n2] = lowest;
    }
}
