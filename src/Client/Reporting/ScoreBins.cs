using Tempera.Client.Engine;

namespace Tempera.Client.Reporting;

/// <summary>
/// Bins of a score histogram. Where scores lie on a lattice, as energies in hundredths do, every bin holds the same number
/// of lattice points, so that no comb appears that is not in the data; the last bin ends with the highest score.
/// </summary>
internal sealed class ScoreBins
{
    private const int Wanted = 40;
    private const int LargestLattice = 5000;
    private readonly double _width;

    private ScoreBins(double low, double width, int count)
    {
        (Low, _width) = (low, width);
        Centres = [.. Enumerable.Range(0, count).Select(bin => low + ((bin + 0.5) * width))];
    }

    /// <summary>Lower edge of the first bin.</summary>
    public double Low { get; }

    /// <summary>Upper edge of the last bin.</summary>
    public double High => Low + (_width * Centres.Count);

    /// <summary>Middles of the bins.</summary>
    public IReadOnlyList<double> Centres { get; }

    /// <summary>Bins for all samples, and for all but a thousandth of the target at either end.</summary>
    public static ScoreBins Of(IEnumerable<double> samples, ITargetFacts? target, float beta)
    {
        var values = samples.ToList();
        values.AddRange(Bulk(target, beta));
        var (low, high) = values.Count == 0 ? (0.0, 1.0) : (values.Min(), values.Max());
        if (high <= low)
        {
            return new(low - 0.5, 1.0 / 3, 3);
        }

        var gap = Gap(target?.Scores ?? [.. values.Distinct().Order()]);
        if (gap <= 0 || (high - low) / gap > LargestLattice)
        {
            return new(low, (high - low) / Wanted, Wanted);
        }

        var points = Math.Round((high - low) / gap) + 1;
        var width = Math.Ceiling(points / Wanted) * gap;
        var count = (int)Math.Ceiling((points * gap / width) - 1e-9);
        return new(high + (gap / 2) - (width * count), width, count);
    }

    /// <summary>Sums of weights a bin; what lies outside is left out.</summary>
    public double[] Count(IReadOnlyList<double> scores, IReadOnlyList<double> weights)
    {
        var bins = new double[Centres.Count];
        for (var i = 0; i < scores.Count; i++)
        {
            var bin = (int)Math.Floor((scores[i] - Low) / _width + 1e-9);
            bin -= bin == bins.Length && scores[i] <= High ? 1 : 0;
            if (bin >= 0 && bin < bins.Length)
            {
                bins[bin] += weights[i];
            }
        }

        return bins;
    }

    /// <summary>Smallest gap that is no rounding error.</summary>
    private static double Gap(IReadOnlyList<double> ascending)
    {
        var floor = ascending.Count > 1 ? (ascending[^1] - ascending[0]) / 1e6 : 0;
        return ascending.Zip(ascending.Skip(1), static (left, right) => right - left).Where(gap => gap > floor).DefaultIfEmpty(0).Min();
    }

    private static IEnumerable<double> Bulk(ITargetFacts? target, float beta)
    {
        if (target is null)
        {
            yield break;
        }

        var (sum, probabilities) = (0.0, target.Probabilities(beta));
        for (var i = 0; i < probabilities.Count; i++)
        {
            var below = sum;
            sum += probabilities[i];
            if (sum > 0.001 && below < 0.999)
            {
                yield return target.Scores[i];
            }
        }
    }
}
