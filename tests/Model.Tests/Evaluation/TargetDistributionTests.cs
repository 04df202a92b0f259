using Tempera.Model.Evaluation;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class TargetDistributionTests
{
    // R = 10 (y / 2)^2: scores 1 and 2 have rewards 2.5 and 10.
    private static readonly RewardScale Scale = new(2, 10, 2);
    private static readonly TestTasks.Statistics Statistics = new([1, 2], [4, 1], [0, 1]);

    [Fact]
    public void TwoScoresByHand()
    {
        var target = new TargetDistribution(Statistics, Scale);
        Assert.Equal(Math.Log(5), target.LogZ(0), 1e-14);
        Assert.Equal(Math.Log(4 * 2.5 + 10), target.LogZ(1), 1e-14);
        Assert.Equal(Math.Log(4 * 6.25 + 100), target.LogZ(2), 1e-14);
        Assert.Equal(1.5, target.MeanScore(1), 1e-14);
        Assert.Equal([0.2, 0.8], target.ScoreProbabilities(2).Select(p => Math.Round(p, 12)));
        Assert.Equal(Math.Log(0.05), target.LogProbability(2, 1, target.LogZ(2)), 1e-14);
    }

    [Fact]
    public void LargeBetasDoNotOverflow()
    {
        var target = new TargetDistribution(Statistics, Scale);
        Assert.Equal(5000 * Math.Log(10), target.LogZ(5000), 1e-8);
        Assert.Equal(2, target.MeanScore(5000), 1e-12);
    }

    [Fact]
    public void MeanScoreIsTheSlopeOfLogZ()
    {
        // d log Z / d beta = E[log R], which for R = e^y is the mean score.
        var target = new TargetDistribution(new TestTasks.Statistics([0.1, 1, 2.5], [7, 3, 1], []), new RewardScale(1, 1, 1));
        var expected = target.ScoreProbabilities(1.5).Zip([0.1, 1, 2.5], (p, y) => p * Math.Log(y)).Sum();
        Assert.Equal(expected, (target.LogZ(1.5 + 1e-5) - target.LogZ(1.5 - 1e-5)) / 2e-5, 1e-7);
    }

    [Fact]
    public void AHistogramCountsScoresAndModes()
    {
        var histogram = new TargetHistogram([10, 11, 12, 13, 14], [0.5, -1, 0.5, 2, 0.5], new OddObjects());
        Assert.Equal([-1, 0.5, 2], histogram.Scores);
        Assert.Equal([1L, 3, 1], histogram.Counts);
        Assert.Equal([1, 0, 1], histogram.ModeCounts);
        Assert.Equal([0, 0, 0], new TargetHistogram([10, 11, 12], [1, 2, 3], null).ModeCounts);
        Assert.Throws<ArgumentException>(() => new TargetHistogram([10], [], null));
    }

    [Fact]
    public void BadStatisticsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new TargetDistribution(new TestTasks.Statistics([], [], []), Scale));
        Assert.Throws<ArgumentException>(() => new TargetDistribution(new TestTasks.Statistics([1, 2], [1], []), Scale));
        Assert.Throws<ArgumentException>(() => new TargetDistribution(new TestTasks.Statistics([1, 2], [1, 0], []), Scale));
    }

    private sealed class OddObjects : IModeRule
    {
        public string Definition => "odd";

        public int? KnownCount => null;

        public bool IsMode(UInt128 terminal, double score) => UInt128.IsOddInteger(terminal);
    }
}
