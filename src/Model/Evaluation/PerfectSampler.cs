using Tempera.Model.Tasks;

namespace Tempera.Model.Evaluation;

/// <summary>
/// What independent draws of the target itself would reach: after n draws an object of probability p has been seen with
/// probability 1 - (1 - p)^n, so the expected numbers of unique objects and of modes are sums of these.
/// </summary>
/// <remarks>Draws with a random beta, as a run with P_exp makes, have the mean of p*(x | beta) over the betas.</remarks>
public sealed class PerfectSampler
{
    private const double MostDraws = 1e18;
    private readonly double[] _logMiss;
    private readonly long[] _counts;
    private readonly int[] _modeCounts;

    /// <summary>The sampler of a target whose draws take each of the betas equally often.</summary>
    /// <param name="statistics">Objects and modes at each score.</param>
    /// <param name="reward">From score to reward.</param>
    /// <param name="betas">One beta, or a grid that stands for a distribution.</param>
    /// <exception cref="ArgumentException">No beta is given, or the statistics do not fit together.</exception>
    public PerfectSampler(ITargetStatistics statistics, RewardScale reward, params ReadOnlySpan<double> betas)
    {
        if (betas.IsEmpty)
        {
            throw new ArgumentException("A perfect sampler needs at least one beta; got none. Pass the betas of the run.");
        }

        var target = new TargetDistribution(statistics, reward);
        _counts = [.. statistics.Counts];
        _modeCounts = statistics.ModeCounts.Count == 0 ? new int[_counts.Length] : [.. statistics.ModeCounts];
        var mean = new double[_counts.Length];
        foreach (var beta in betas)
        {
            var logZ = target.LogZ(beta);
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += Math.Exp(target.LogProbability(beta, statistics.Scores[i], logZ)) / betas.Length;
            }
        }

        _logMiss = Array.ConvertAll(mean, static p => LogMath.LogP1(-Math.Min(p, 1)));
        ModeCount = _modeCounts.Sum();
    }

    /// <summary>Number of modes of the target.</summary>
    public int ModeCount { get; }

    /// <summary>Expected number of unique objects after this many draws.</summary>
    public double ExpectedUnique(double draws)
    {
        var sum = 0.0;
        for (var i = 0; i < _counts.Length; i++)
        {
            sum += _counts[i] * Seen(i, draws);
        }

        return sum;
    }

    /// <summary>Expected number of modes after this many draws.</summary>
    public double ExpectedModes(double draws)
    {
        var sum = 0.0;
        for (var i = 0; i < _counts.Length; i++)
        {
            sum += _modeCounts[i] == 0 ? 0 : _modeCounts[i] * Seen(i, draws);
        }

        return sum;
    }

    /// <summary>Fewest draws after which this share of the modes is expected; null where there are no modes or 1e18 draws do not suffice.</summary>
    /// <exception cref="ArgumentException">The share is not above 0 and below 1.</exception>
    public double? DrawsToModeShare(double share)
    {
        if (!(share is > 0 and < 1))
        {
            throw new ArgumentException($"A share of the modes must be above 0 and below 1; got {share}. Use for example 0.5.");
        }

        var goal = share * ModeCount;
        if (ModeCount == 0 || ExpectedModes(MostDraws) < goal)
        {
            return null;
        }

        var (low, high) = (0.0, 1.0);
        while (ExpectedModes(high) < goal)
        {
            (low, high) = (high, high * 2);
        }

        while (high - low > 1 && Math.Floor((low + high) / 2) is var middle && middle > low)
        {
            (low, high) = ExpectedModes(middle) < goal ? (middle, high) : (low, middle);
        }

        return high;
    }

    private double Seen(int i, double draws) => draws <= 0 ? 0 : -LogMath.ExpM1(draws * _logMiss[i]);
}
