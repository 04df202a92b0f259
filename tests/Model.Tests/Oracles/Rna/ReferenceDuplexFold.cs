using Tempera.Model.Oracles.Rna;

namespace Tempera.Model.Tests.Oracles.Rna;

/// <summary>The duplex recursion written out pair by pair from its definition, for strands of any length; slow.</summary>
internal sealed class ReferenceDuplexFold(DuplexParameters set)
{
    public int Energy(string target, string designed)
    {
        var (a, b) = (RnaLetters.Parse(target), RnaLetters.Parse(designed));
        var c = new int?[a.Length, b.Length];
        int? best = null;
        for (var j = b.Length - 1; j >= 0; j--)
        {
            for (var i = 0; i < a.Length; i++)
            {
                var (opening, closing) = (RnaLetters.Pair(a[i], b[j]), RnaLetters.Pair(b[j], a[i]));
                if (opening < 0)
                {
                    continue;
                }

                var energy = set.DuplexInit + End(opening, At(a, i - 1), At(b, j + 1));
                for (var k = i - 1; k >= 0; k--)
                {
                    for (var l = j + 1; l < b.Length && i - k - 1 + l - j - 1 <= set.MaxLoop; l++)
                    {
                        if (c[k, l] is { } left)
                        {
                            energy = Math.Min(energy, left + Loop(a, b, i, j, k, l));
                        }
                    }
                }

                c[i, j] = energy;
                var total = energy + End(closing, At(b, j - 1), At(a, i + 1));
                best = Math.Min(best ?? total, total);
            }
        }

        return best ?? DuplexFold.Unbound;
    }

    private int Loop(byte[] a, byte[] b, int i, int j, int k, int l)
    {
        var (p, q) = (RnaLetters.Pair(a[k], b[l]), RnaLetters.Pair(b[j], a[i]));
        var (n1, n2) = (i - k - 1, l - j - 1);
        var (large, small) = (Math.Max(n1, n2), Math.Min(n1, n2));
        int si = a[k + 1], sj = b[l - 1], sp = a[i - 1], sq = b[j + 1];
        var asymmetry = Math.Min(set.MaxNinio, (large - small) * set.Ninio);
        return (small, large) switch
        {
            (0, 0) => set.Stack[p * 6 + q],
            (0, 1) => set.Bulge[1] + set.Stack[p * 6 + q],
            (0, _) => set.Bulge[large] + Penalty(p) + Penalty(q),
            (1, 1) => set.Int11[(p * 6 + q) * 16 + si * 4 + sj],
            (1, 2) when n1 == 1 => set.Int21[(p * 6 + q) * 64 + si * 16 + sq * 4 + sj],
            (1, 2) => set.Int21[(q * 6 + p) * 64 + sq * 16 + si * 4 + sp],
            (1, _) => set.InternalLoop[large + 1] + asymmetry + set.MismatchInterior1N[p * 16 + si * 4 + sj]
                + set.MismatchInterior1N[q * 16 + sq * 4 + sp],
            (2, 2) => set.Int22[(p * 6 + q) * 256 + si * 64 + sp * 16 + sq * 4 + sj],
            (2, 3) => set.InternalLoop[5] + set.Ninio + set.MismatchInterior23[p * 16 + si * 4 + sj]
                + set.MismatchInterior23[q * 16 + sq * 4 + sp],
            _ => set.InternalLoop[large + small] + asymmetry + set.MismatchInterior[p * 16 + si * 4 + sj]
                + set.MismatchInterior[q * 16 + sq * 4 + sp],
        };
    }

    private int End(int pair, int? x, int? y)
    {
        var neighbours = (x, y) switch
        {
            ({ } five, { } three) => set.MismatchExterior[pair * 16 + five * 4 + three],
            ({ } five, null) => set.Dangle5[pair * 4 + five],
            (null, { } three) => set.Dangle3[pair * 4 + three],
            _ => 0,
        };
        return neighbours + Penalty(pair);
    }

    private int Penalty(int pair) => pair is 0 or 1 ? 0 : set.TerminalAu;

    private static int? At(byte[] strand, int at) => at >= 0 && at < strand.Length ? strand[at] : null;
}
