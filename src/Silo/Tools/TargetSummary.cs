using Tempera.Model.Evaluation;
using Tempera.Model.Tasks;

namespace Tempera.Silo.Tools;

/// <summary>Exact facts about the target p*(x | beta) = R(x)^beta / Z(beta) of a task.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class TargetSummary
{
    /// <summary>Betas that stand for a uniform distribution of them: the midpoints of as many equal parts.</summary>
    private const int GridSize = 64;

    private readonly ITargetStatistics _statistics;
    private readonly RewardScale _reward;
    private readonly TargetDistribution _target;

    internal TargetSummary(ITargetStatistics statistics, RewardScale reward)
    {
        (_statistics, _reward) = (statistics, reward);
        _target = new TargetDistribution(statistics, reward);
    }

    /// <summary>Distinct raw scores, ascending.</summary>
    public IReadOnlyList<double> Scores => _statistics.Scores;

    /// <summary>Objects with each of <see cref="Scores"/>.</summary>
    public IReadOnlyList<long> Counts => _statistics.Counts;

    /// <summary>Modes with each of <see cref="Scores"/>; empty where the task defines none.</summary>
    public IReadOnlyList<int> ModeCounts => _statistics.ModeCounts;

    /// <summary>log Z(beta), natural logarithm.</summary>
    public double LogZ(double beta) => _target.LogZ(beta);

    /// <summary>Mean raw score under p*(. | beta).</summary>
    public double MeanScore(double beta) => _target.MeanScore(beta);

    /// <summary>Probability under p*(. | beta) of each of <see cref="Scores"/>; sums to 1.</summary>
    public IReadOnlyList<double> Probabilities(double beta) => _target.ScoreProbabilities(beta);

    /// <summary>Expected unique objects and modes after each number of independent draws of p*, their betas uniform on an interval.</summary>
    /// <param name="betaMin">Smallest beta, at least 0.</param>
    /// <param name="betaMax">Largest beta; equal to <paramref name="betaMin"/> for one beta.</param>
    /// <param name="draws">Numbers of draws.</param>
    public IReadOnlyList<PerfectSample> PerfectSampler(double betaMin, double betaMax, IReadOnlyList<double> draws)
    {
        var sampler = new PerfectSampler(_statistics, _reward, Grid(betaMin, betaMax));
        return [.. draws.Select(count => new PerfectSample(count, sampler.ExpectedUnique(count), sampler.ExpectedModes(count)))];
    }

    private static double[] Grid(double from, double to) => from == to
        ? [from]
        : [.. Enumerable.Range(0, GridSize).Select(i => from + (to - from) * (i + 0.5) / GridSize)];
}

/// <summary>What independent draws of the target are expected to have found.</summary>
/// <param name="Draws">Number of draws.</param>
/// <param name="UniqueObjects">Distinct objects among them, which are the oracle calls they cost.</param>
/// <param name="Modes">Distinct modes among them.</param>
public sealed record PerfectSample(double Draws, double UniqueObjects, double Modes);
