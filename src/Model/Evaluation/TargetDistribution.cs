using Tempera.Model.Tasks;

namespace Tempera.Model.Evaluation;

/// <summary>
/// The target p*(x | beta) = R(x)^beta / Z(beta), from the number of objects at each score:
/// log Z(beta) = logsumexp over scores y of log count(y) + beta log R(y).
/// </summary>
public sealed class TargetDistribution
{
    private readonly RewardScale _reward;
    private readonly double[] _scores;
    private readonly double[] _logRewards;
    private readonly double[] _logCounts;

    /// <summary>The target of counted scores under a reward scale.</summary>
    /// <exception cref="ArgumentException">There are no scores, or not one positive count a score.</exception>
    public TargetDistribution(ITargetStatistics statistics, RewardScale reward)
    {
        if (statistics.Scores.Count == 0 || statistics.Counts.Count != statistics.Scores.Count || statistics.Counts.Any(static count => count < 1))
        {
            throw new ArgumentException($"A target needs one count of at least 1 for each of its scores; got {statistics.Scores.Count} scores and {statistics.Counts.Count} counts. Leave out scores that no object has.");
        }

        _reward = reward;
        _scores = [.. statistics.Scores];
        _logRewards = [.. _scores.Select(reward.LogReward)];
        _logCounts = [.. statistics.Counts.Select(static count => Math.Log(count))];
    }

    /// <summary>Distinct raw scores, ascending.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>log Z(beta), beta at least 0.</summary>
    public double LogZ(double beta) => LogMath.LogSumExp(Weights(beta));

    /// <summary>Mean raw score under p*, sum_x p*(x | beta) y(x).</summary>
    public double MeanScore(double beta)
    {
        var (probabilities, mean) = (ScoreProbabilities(beta), 0.0);
        for (var i = 0; i < probabilities.Length; i++)
        {
            mean += probabilities[i] * _scores[i];
        }

        return mean;
    }

    /// <summary>log p*(x | beta) of an object with this raw score, given log Z(beta).</summary>
    public double LogProbability(double beta, double score, double logZ) => beta * _reward.LogReward(score) - logZ;

    /// <summary>Probability of each of <see cref="Scores"/>, over all objects that have it.</summary>
    public double[] ScoreProbabilities(double beta)
    {
        var weights = Weights(beta);
        var logZ = LogMath.LogSumExp(weights);
        return Array.ConvertAll(weights, weight => Math.Exp(weight - logZ));
    }

    private double[] Weights(double beta)
    {
        var weights = new double[_scores.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = _logCounts[i] + beta * _logRewards[i];
        }

        return weights;
    }
}
