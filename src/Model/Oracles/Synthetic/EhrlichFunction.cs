using Tempera.Model.Random;

namespace Tempera.Model.Oracles.Synthetic;

/// <summary>
/// An Ehrlich function of strings x of length L: f(x) = prod over motifs i of h_q(x, a_i, s_i) where every pair of adjacent
/// symbols is allowed, else 0; h_q = max over places l of floor(q * share of motif symbols a_ij found at l + s_ij) / q.
/// </summary>
/// <remarks>
/// Stanton et al. 2024 (arXiv 2407.00236), section 4. Epistatic: a motif counts in q steps and motifs multiply, so single
/// letters mean little alone. As there, a symbol may always repeat, motifs are cut from one allowed walk and each spans at
/// most L / c, so a string with f = 1 exists. The instances are our own; an infeasible string scores 0 in place of -infinity.
/// </remarks>
public sealed class EhrlichFunction
{
    private const double AllowedShare = 0.4;

    private readonly bool[,] _allowed;
    private readonly int[][] _motifs;
    private readonly int[][] _offsets;
    private readonly int _quantization;

    /// <summary>Draws an instance; the same arguments give the same one on every machine.</summary>
    /// <param name="symbols">Number v of symbols.</param>
    /// <param name="length">Length L of strings.</param>
    /// <param name="motifs">Number c of motifs.</param>
    /// <param name="motifLength">Length k of a motif; c k is at most L.</param>
    /// <param name="quantization">Steps q in which a motif counts, 1 to k.</param>
    /// <param name="seed">Which instance.</param>
    /// <exception cref="ArgumentException">The motifs do not fit into a string.</exception>
    public EhrlichFunction(int symbols, int length, int motifs, int motifLength, int quantization, ulong seed)
    {
        if (motifs * motifLength > length || quantization < 1 || quantization > motifLength)
        {
            throw new ArgumentException($"Motifs fit into a string and count in at most as many steps as they have symbols; received {motifs} motifs of {motifLength} symbols in {quantization} steps for length {length}. Choose fewer or shorter ones.");
        }

        var streams = new RandomStreams(seed);
        (Symbols, Length, _quantization) = (symbols, length, quantization);
        _allowed = DrawTransitions(symbols, streams);
        var walk = DrawWalk(motifs * motifLength, streams.At("ehrlich-motifs", 0));
        _motifs = [.. walk.Chunk(motifLength)];
        _offsets = [.. Enumerable.Range(0, motifs).Select(motif => DrawOffsets(motifLength, length / motifs, streams.At("ehrlich-spacings", motif)))];
    }

    /// <summary>Number of symbols.</summary>
    public int Symbols { get; }

    /// <summary>Length of a string.</summary>
    public int Length { get; }

    /// <summary>f(x), in [0, 1].</summary>
    public double Value(ReadOnlySpan<int> x)
    {
        for (var i = 1; i < x.Length; i++)
        {
            if (!_allowed[x[i - 1], x[i]])
            {
                return 0;
            }
        }

        var value = 1.0;
        for (var i = 0; i < _motifs.Length; i++)
        {
            value *= Present(x, _motifs[i], _offsets[i]);
        }

        return value;
    }

    /// <summary>A string with f = 1: the motifs one after another, gaps filled by repeating the symbol before.</summary>
    public int[] Optimum()
    {
        var (x, part) = (new int[Length], Length / _motifs.Length);
        for (var i = 0; i < Length; i++)
        {
            var motif = Math.Min(i / part, _motifs.Length - 1);
            x[i] = _motifs[motif][Array.FindLastIndex(_offsets[motif], offset => offset <= i - motif * part)];
        }

        return x;
    }

    private double Present(ReadOnlySpan<int> x, int[] motif, int[] offsets)
    {
        var most = 0;
        for (var place = 0; place + offsets[^1] < x.Length; place++)
        {
            var found = 0;
            for (var j = 0; j < motif.Length; j++)
            {
                found += x[place + offsets[j]] == motif[j] ? 1 : 0;
            }

            most = Math.Max(most, found);
        }

        return Math.Floor(_quantization * most / (double)motif.Length) / _quantization;
    }

    // Shuffled bands, as in the reference: each symbol may be followed by 2 floor(0.4 v) + 1 others, and by itself.
    private static bool[,] DrawTransitions(int symbols, RandomStreams streams)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (random, band, allowed) = (streams.At("ehrlich-transitions", attempt), (int)(AllowedShare * symbols), new bool[symbols, symbols]);
            var rows = Enumerable.Range(0, symbols).ToArray();
            for (var i = symbols - 1; i > 0; i--)
            {
                var other = (int)random.Below((ulong)i, i + 1);
                (rows[i], rows[other]) = (rows[other], rows[i]);
            }

            for (var from = 0; from < symbols; from++)
            {
                allowed[from, from] = true;
                for (var step = -band; step <= band; step++)
                {
                    allowed[from, ((rows[from] + step) % symbols + symbols) % symbols] = true;
                }
            }

            if (IsConnected(allowed, symbols))
            {
                return allowed;
            }
        }
    }

    private static bool IsConnected(bool[,] allowed, int symbols) => Enumerable.Range(0, symbols).All(start =>
    {
        var (seen, open) = (new HashSet<int> { start }, new Stack<int>([start]));
        while (open.TryPop(out var from))
        {
            for (var to = 0; to < symbols; to++)
            {
                if (allowed[from, to] && seen.Add(to))
                {
                    open.Push(to);
                }
            }
        }

        return seen.Count == symbols;
    });

    // Repeats are left out, for a motif of one repeated symbol would be trivial.
    private int[] DrawWalk(int steps, RandomStream random)
    {
        var walk = new int[steps];
        walk[0] = (int)random.Below(0, Symbols);
        for (var i = 1; i < steps; i++)
        {
            var choices = Enumerable.Range(0, Symbols).Where(to => to != walk[i - 1] && _allowed[walk[i - 1], to]).ToArray();
            walk[i] = choices[(int)random.Below((ulong)i, choices.Length)];
        }

        return walk;
    }

    // 0 and k - 1 distinct larger offsets below the span, a uniform choice.
    private static int[] DrawOffsets(int motifLength, int span, RandomStream random)
    {
        var places = Enumerable.Range(1, span - 1).ToArray();
        for (var i = 0; i < motifLength - 1; i++)
        {
            var other = i + (int)random.Below((ulong)i, places.Length - i);
            (places[i], places[other]) = (places[other], places[i]);
        }

        return [0, .. places.Take(motifLength - 1).Order()];
    }
}
