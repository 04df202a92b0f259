namespace Tempera.Model.Oracles.Rna;

/// <summary>
/// The size terms of long bulges and loops. Row n2, the unpaired bases of the designed strand, runs over n1, those of the
/// target, from <see cref="First"/> in groups of <see cref="Group"/>: row 0 holds bulges, row 1 loops n x 1, the others
/// generic loops. Sizes with rules of their own, and sizes too large, are unreachable.
/// </summary>
internal sealed class LoopSizeTables
{
    /// <summary>Smallest n1 of a row.</summary>
    public const int First = 2;

    /// <summary>Sizes that a kernel handles at once.</summary>
    public const int Group = 4;

    /// <summary>Groups in a row, enough for n1 up to <see cref="LargestLoop"/>.</summary>
    public const int Groups = 8;

    /// <summary>Largest loop the rows have room for.</summary>
    public const int LargestLoop = First + Group * Groups - 1;

    private readonly short[] _sizes;

    public LoopSizeTables(DuplexParameters parameters)
    {
        if (parameters.MaxLoop > LargestLoop)
        {
            throw new ArgumentException(
                $"Loops have at most {LargestLoop} unpaired bases; received max-loop {parameters.MaxLoop}. Lower it.", nameof(parameters));
        }

        (MaxLoop, TwoByThree) = (parameters.MaxLoop, parameters.LoopSize(2, 3));
        var rows = MaxLoop + 1;
        _sizes = new short[rows * Groups * Group];
        GroupLowest = new int[rows * Groups];
        Lowest = new int[rows];
        Bulge = new int[rows];
        OneByN = new int[rows];
        for (var n2 = 0; n2 < rows; n2++)
        {
            var row = _sizes.AsSpan(n2 * Groups * Group, Groups * Group);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (short)Size(parameters, First + i, n2);
                ref var lowest = ref GroupLowest[n2 * Groups + i / Group];
                lowest = i % Group == 0 ? row[i] : Math.Min(lowest, row[i]);
            }

            Lowest[n2] = GroupLowest.AsSpan(n2 * Groups, Groups).ToArray().Min();
            Bulge[n2] = n2 < 2 ? DuplexTables.Unreachable : parameters.Bulge[n2];
            OneByN[n2] = n2 < 3 || n2 == MaxLoop ? DuplexTables.Unreachable : parameters.LoopSize(1, n2);
        }
    }

    /// <summary>Most unpaired bases of a loop.</summary>
    public int MaxLoop { get; }

    /// <summary>Size term of a 2 x 3 loop.</summary>
    public int TwoByThree { get; }

    /// <summary>The lowest size term of each group, at n2 * <see cref="Groups"/> + group.</summary>
    public int[] GroupLowest { get; }

    /// <summary>The lowest size term of each row.</summary>
    public int[] Lowest { get; }

    /// <summary>Bulges of n2 bases of the designed strand.</summary>
    public int[] Bulge { get; }

    /// <summary>Loops 1 x n2.</summary>
    public int[] OneByN { get; }

    /// <summary>The family of row n2.</summary>
    public static LoopKind Kind(int n2) => n2 switch { 0 => LoopKind.Bulge, 1 => LoopKind.OneByN, _ => LoopKind.Generic };

    /// <summary>The size terms of a group.</summary>
    public ReadOnlySpan<short> Sizes(int n2, int group) => _sizes.AsSpan((n2 * Groups + group) * Group, Group);

    private static int Size(DuplexParameters parameters, int n1, int n2) => n2 switch
    {
        _ when n1 + n2 > parameters.MaxLoop => DuplexTables.Unreachable,
        0 => parameters.Bulge[n1],
        1 when n1 == 2 => DuplexTables.Unreachable,
        > 1 when n1 + n2 <= 5 => DuplexTables.Unreachable,
        _ => parameters.LoopSize(n1, n2),
    };
}
