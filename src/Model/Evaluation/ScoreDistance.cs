namespace Tempera.Model.Evaluation;

/// <summary>
/// How far the scores of samples are from the target's distribution of scores, beside what perfect samples of the same
/// number would show.
/// </summary>
/// <param name="Tv">Total variation over at most 64 bins of about equal target probability.</param>
/// <param name="TvNoise">Expected <paramref name="Tv"/> of as many independent draws of the target.</param>
/// <param name="AndersonDarling">Anderson-Darling statistic over 2.492, its 5 % critical value; above 1 the samples differ from the target.</param>
/// <remarks>
/// The statistic is that for discrete distributions, A^2 = 1/n sum_j Z_j^2 p_j / (H_j (1 - H_j)) with Z the difference of observed
/// and expected cumulative counts and H the target's cumulative probability (Choulakian, Lockhart and Stephens 1994).
/// </remarks>
public sealed record ScoreDistance(double Tv, double TvNoise, double AndersonDarling)
{
    private const int MaxBins = 64;
    private const double CriticalValue = 2.492;

    /// <summary>Compares the scores of samples with a target at one beta. A score between two of the target's counts as the nearer one.</summary>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static ScoreDistance Compare(ReadOnlySpan<double> scores, TargetDistribution target, double beta)
    {
        if (scores.IsEmpty)
        {
            throw new ArgumentException("A comparison needs samples; got none. Draw at least one.");
        }

        var (probabilities, counts) = (target.ScoreProbabilities(beta), new long[target.Scores.Length]);
        foreach (var score in scores)
        {
            counts[Nearest(target.Scores, score)]++;
        }

        var (distance, noise) = TotalVariation(probabilities, counts, scores.Length);
        return new ScoreDistance(distance, noise, AndersonDarlingStatistic(probabilities, counts, scores.Length) / CriticalValue);
    }

    internal static double AndersonDarlingStatistic(ReadOnlySpan<double> probabilities, ReadOnlySpan<long> counts, long n)
    {
        var (below, observed, sum) = (0.0, 0L, 0.0);
        for (var j = 0; j < probabilities.Length - 1; j++)
        {
            below += probabilities[j];
            observed += counts[j];
            var (difference, variance) = (observed - n * below, below * (1 - below));
            sum += variance > 0 ? difference * difference * probabilities[j] / variance : 0;
        }

        return sum / n;
    }

    /// <summary>E|X - np| of a binomial X: 2 v C(n, v) p^v (1 - p)^(n - v + 1) with v = floor(np) + 1 (de Moivre).</summary>
    internal static double MeanDeviation(long n, double p)
    {
        var v = (long)Math.Floor(n * p) + 1;
        if (p <= 0 || p >= 1 || v > n)
        {
            return 0;
        }

        var logChoose = LogMath.LogFactorial(n) - LogMath.LogFactorial(v) - LogMath.LogFactorial(n - v);
        return 2 * v * Math.Exp(logChoose + v * Math.Log(p) + (n - v + 1) * LogMath.LogP1(-p));
    }

    private static (double Distance, double Noise) TotalVariation(ReadOnlySpan<double> probabilities, ReadOnlySpan<long> counts, long n)
    {
        var (distance, noise, below) = (0.0, 0.0, 0.0);
        for (var i = 0; i < probabilities.Length;)
        {
            // A bin ends where the cumulative probability passes the next multiple of 1 / MaxBins.
            var (probability, count, bin) = (0.0, 0L, Bin(below + probabilities[i] / 2));
            do
            {
                probability += probabilities[i];
                below += probabilities[i];
                count += counts[i];
                i++;
            }
            while (i < probabilities.Length && Bin(below + probabilities[i] / 2) == bin);

            distance += Math.Abs(count / (double)n - probability);
            noise += MeanDeviation(n, probability) / n;
        }

        return (distance / 2, noise / 2);
    }

    private static int Bin(double cumulative) => (int)(cumulative * MaxBins);

    private static int Nearest(ReadOnlySpan<double> scores, double score)
    {
        var i = scores.BinarySearch(score);
        if (i >= 0)
        {
            return i;
        }

        i = ~i;
        return i == scores.Length || (i > 0 && score - scores[i - 1] <= scores[i] - score) ? i - 1 : i;
    }
}
