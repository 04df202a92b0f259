using Tempera.Model.Modes;

namespace Tempera.Model.Evaluation;

/// <summary>
/// What a sample of the policy shows without its probabilities: the tests of the reward distribution by Shen et al. against
/// the target, and the best objects with their diversity.
/// </summary>
/// <remarks>Shen et al. 2023 (arXiv 2305.07170), section 4; diversity as in Kim et al. 2024 (arXiv 2310.02823), but a true mean.</remarks>
/// <param name="Distance">Distance of the scores from the target's, with its noise floor; null where the target is unknown.</param>
/// <param name="MeanScoreError">|mean score of the sample - mean under the target| / |mean under the target|.</param>
/// <param name="QuantileError">
/// Quantile calibration: mean over the 5 % to 95 % quantiles of the target's scores of |share of the sample at or below the quantile -
/// the target's share|. 0 is perfect.
/// </param>
/// <param name="TopScore">Mean raw score of the best <see cref="TopObjects"/> distinct objects of the sample, or of all where there are fewer.</param>
/// <param name="TopDiversity">Mean distance over the unordered pairs of these; null where the task has no distance or there is one object.</param>
public sealed record SampleQuality(ScoreDistance? Distance, double? MeanScoreError, double? QuantileError, double TopScore, double? TopDiversity)
{
    /// <summary>Objects whose mean score and diversity are reported.</summary>
    public const int TopObjects = 100;

    private const int Quantiles = 19;

    /// <summary>Judges a sample.</summary>
    /// <param name="objects">Objects, duplicates included.</param>
    /// <param name="scores">Their raw scores.</param>
    /// <param name="target">The target; null where it is unknown.</param>
    /// <param name="beta">Inverse temperature of the sample.</param>
    /// <param name="distance">Distance of two objects; null for none.</param>
    /// <exception cref="ArgumentException">There is not one score an object, or no object.</exception>
    public static SampleQuality Of(
        IReadOnlyList<UInt128> objects, ReadOnlySpan<double> scores, TargetDistribution? target, double beta, IObjectDistance? distance)
    {
        if (objects.Count != scores.Length || scores.IsEmpty)
        {
            throw new ArgumentException($"A sample has objects and one score for each; got {objects.Count} objects and {scores.Length} scores. Draw at least one.");
        }

        var (topScore, diversity) = Top(objects, scores, distance);
        if (target is null)
        {
            return new SampleQuality(null, null, null, topScore, diversity);
        }

        var mean = target.MeanScore(beta);
        return new SampleQuality(
            ScoreDistance.Compare(scores, target, beta), Math.Abs(Mean(scores) - mean) / Math.Abs(mean), Calibration(scores, target, beta), topScore, diversity);
    }

    private static double Calibration(ReadOnlySpan<double> scores, TargetDistribution target, double beta)
    {
        var (probabilities, sorted) = (target.ScoreProbabilities(beta), scores.ToArray());
        Array.Sort(sorted);
        var (below, at, seen, error) = (0.0, -1, 0, 0.0);
        for (var quantile = 1; quantile <= Quantiles; quantile++)
        {
            while (at < probabilities.Length - 1 && below < quantile / (Quantiles + 1.0) - 1e-12)
            {
                below += probabilities[++at];
            }

            while (seen < sorted.Length && sorted[seen] <= target.Scores[at])
            {
                seen++;
            }

            error += Math.Abs(seen / (double)sorted.Length - below) / Quantiles;
        }

        return error;
    }

    private static (double Score, double? Diversity) Top(IReadOnlyList<UInt128> objects, ReadOnlySpan<double> scores, IObjectDistance? distance)
    {
        var known = new Dictionary<UInt128, double>();
        for (var i = 0; i < objects.Count; i++)
        {
            known[objects[i]] = scores[i];
        }

        var top = known.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key).Take(TopObjects).ToArray();
        return (top.Average(static pair => pair.Value), distance is null ? null : Diversity([.. top.Select(static pair => pair.Key)], distance));
    }

    /// <summary>Mean distance over all unordered pairs; null for fewer than two objects.</summary>
    public static double? Diversity(IReadOnlyList<UInt128> objects, IObjectDistance distance)
    {
        var (between, sum) = (distance.Between(objects), 0.0);
        for (var i = 1; i < objects.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                sum += between(i, j);
            }
        }

        return objects.Count < 2 ? null : sum / (objects.Count * (objects.Count - 1.0) / 2);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
