using System.Collections.Immutable;

namespace Tempera.Model.Oracles.Rna;

/// <summary>
/// Nearest-neighbour free energies of RNA duplexes, in dcal/mol (0.01 kcal/mol) at 37 degrees Celsius. Tables are flat, the
/// last index fastest; pairs and bases are indexed as in <see cref="RnaLetters"/>.
/// </summary>
/// <remarks>
/// Mathews et al., PNAS 101:7287 (2004); Turner and Mathews, NNDB, Nucleic Acids Res. 38:D280 (2010); Lorenz et al.,
/// ViennaRNA Package 2.0, Algorithms Mol. Biol. 6:26 (2011). <see cref="DuplexParameterReader"/> describes the text form.
/// </remarks>
public sealed record DuplexParameters
{
    private static readonly Lazy<DuplexParameters> Embedded = new(() => DuplexParameterReader.ReadResource("rna/Turner2004.txt"));

    /// <summary>The Turner 2004 set.</summary>
    public static DuplexParameters Turner2004 => Embedded.Value;

    /// <summary>Cost of joining two strands.</summary>
    public required int DuplexInit { get; init; }

    /// <summary>Cost of a helix end, or of a long bulge, at a pair other than CG or GC.</summary>
    public required int TerminalAu { get; init; }

    /// <summary>Cost of each unpaired base by which the sides of an internal loop differ.</summary>
    public required int Ninio { get; init; }

    /// <summary>Most that asymmetry costs.</summary>
    public required int MaxNinio { get; init; }

    /// <summary>Most unpaired bases a bulge or internal loop may have.</summary>
    public required int MaxLoop { get; init; }

    /// <summary>Bulges by number of unpaired bases; index 0 is unused.</summary>
    public required ImmutableArray<int> Bulge { get; init; }

    /// <summary>Internal loops by number of unpaired bases; indices 0 and 1 are unused.</summary>
    public required ImmutableArray<int> InternalLoop { get; init; }

    /// <summary>[opening pair, closing pair].</summary>
    public required ImmutableArray<int> Stack { get; init; }

    /// <summary>[pair, 5' neighbour, 3' neighbour]: a duplex end with both neighbours.</summary>
    public required ImmutableArray<int> MismatchExterior { get; init; }

    /// <summary>[pair, 5' neighbour]: a duplex end with this neighbour only.</summary>
    public required ImmutableArray<int> Dangle5 { get; init; }

    /// <summary>[pair, 3' neighbour]: a duplex end with this neighbour only.</summary>
    public required ImmutableArray<int> Dangle3 { get; init; }

    /// <summary>[pair, si, sj]: internal loops without a rule of their own.</summary>
    public required ImmutableArray<int> MismatchInterior { get; init; }

    /// <summary>[pair, si, sj]: internal loops 1 x n.</summary>
    public required ImmutableArray<int> MismatchInterior1N { get; init; }

    /// <summary>[pair, si, sj]: internal loops 2 x 3.</summary>
    public required ImmutableArray<int> MismatchInterior23 { get; init; }

    /// <summary>[opening pair, closing pair, si, sj].</summary>
    public required ImmutableArray<int> Int11 { get; init; }

    /// <summary>[opening pair, closing pair, si, sq, sj].</summary>
    public required ImmutableArray<int> Int21 { get; init; }

    /// <summary>[opening pair, closing pair, si, sp, sq, sj].</summary>
    public required ImmutableArray<int> Int22 { get; init; }

    /// <summary><see cref="TerminalAu"/> where a pair type costs it, else 0.</summary>
    public int EndPenalty(int pair) => pair > 1 ? TerminalAu : 0;

    /// <summary>X(t; x, y): the end of a duplex at a pair of type t with neighbours x on its 5' and y on its 3' side; -1 is none.</summary>
    public int DuplexEnd(int pair, int x, int y) => EndPenalty(pair) + (x, y) switch
    {
        ( >= 0, >= 0) => MismatchExterior[(pair * 4 + x) * 4 + y],
        ( >= 0, _) => Dangle5[pair * 4 + x],
        (_, >= 0) => Dangle3[pair * 4 + y],
        _ => 0,
    };

    /// <summary>Entry of a [pair, base, base] table.</summary>
    internal static int Mismatch(ImmutableArray<int> table, int pair, int x, int y) => table[(pair * 4 + x) * 4 + y];

    /// <summary>The part of an internal loop of n1 + n2 unpaired bases, without a rule of its own, that depends on its sizes only.</summary>
    internal int LoopSize(int n1, int n2) => InternalLoop[n1 + n2] + Math.Min(MaxNinio, Math.Abs(n1 - n2) * Ninio);
}
