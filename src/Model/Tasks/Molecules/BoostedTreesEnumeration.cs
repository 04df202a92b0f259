using Tempera.Model.Oracles.Trees;

namespace Tempera.Model.Tasks.Molecules;

/// <summary>Scores every string of a model, sharing what strings with a common beginning have in common.</summary>
/// <remarks>The landscape kept with the assembly was made by <see cref="Count"/>: about 20 CPU seconds for the 34 million strings of sehstr.</remarks>
/// <param name="oracle">The compiled model.</param>
/// <param name="positions">Length of the strings.</param>
/// <param name="blocks">Size of the alphabet.</param>
public sealed class BoostedTreesEnumeration(BoostedTreesOracle oracle, int positions, int blocks)
{
    /// <summary>Counts scores in bins over all strings.</summary>
    /// <param name="threads">Threads to use; counts do not depend on it, means only by rounding.</param>
    /// <param name="visit">Told the symbols and the score of every string, from several threads; null for nobody.</param>
    /// <param name="firsts">First blocks of the strings; null for all.</param>
    public ScoreLandscape Count(int threads, Action<int[], double>? visit = null, IEnumerable<int>? firsts = null)
    {
        var total = new Counter();
        Parallel.ForEach(
            firsts ?? Enumerable.Range(0, blocks), new ParallelOptions { MaxDegreeOfParallelism = threads },
            first =>
            {
                var counter = new Counter();
                Walk(first, (symbols, score) =>
                {
                    counter.Add(ScoreLandscape.Bin(score), 1, score);
                    visit?.Invoke(symbols, score);
                });
                lock (total)
                {
                    total.Add(counter);
                }
            });
        return total.ToLandscape();
    }

    private void Walk(int first, Action<int[], double> visit)
    {
        var (symbols, rows) = (new int[positions], new uint[positions][]);
        symbols[0] = first;
        rows[0] = oracle.Row(0, first).ToArray();
        for (var position = 1; position < positions; position++)
        {
            rows[position] = new uint[rows[0].Length];
        }

        Extend(1, symbols, rows, visit);
    }

    private void Extend(int position, int[] symbols, uint[][] rows, Action<int[], double> visit)
    {
        for (var block = 0; block < blocks; block++)
        {
            symbols[position] = block;
            BoostedTreesOracle.And(rows[position - 1], oracle.Row(position, block), rows[position]);
            if (position + 1 < positions)
            {
                Extend(position + 1, symbols, rows, visit);
            }
            else
            {
                visit(symbols, oracle.Sum(rows[position]));
            }
        }
    }

    private sealed class Counter
    {
        // Bins from -Offset to Offset - 1: scores of magnitude below 40.
        private const int Offset = 8192;

        private readonly long[] _counts = new long[2 * Offset];
        private readonly double[] _sums = new double[2 * Offset];

        public void Add(int bin, long count, double sum)
        {
            _counts[bin + Offset] += count;
            _sums[bin + Offset] += sum;
        }

        public void Add(Counter other)
        {
            for (var i = 0; i < _counts.Length; i++)
            {
                Add(i - Offset, other._counts[i], other._sums[i]);
            }
        }

        public ScoreLandscape ToLandscape()
        {
            var found = Enumerable.Range(0, _counts.Length).Where(i => _counts[i] > 0).ToArray();
            return new ScoreLandscape([.. found.Select(i => i - Offset)], [.. found.Select(i => _counts[i])], [.. found.Select(i => _sums[i] / _counts[i])]);
        }
    }
}
