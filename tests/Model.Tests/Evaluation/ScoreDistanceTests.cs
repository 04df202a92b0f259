using Tempera.Model.Evaluation;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class ScoreDistanceTests
{
    private static readonly TargetDistribution Even = new(new TestTasks.Statistics([1, 2], [1, 1], []), new RewardScale(1, 1, 1));

    [Fact]
    public void WorkedExample()
    {
        // Target 1/2, 1/2; four samples 1, 2, 2, 2: TV = 1/4. A^2 = (1 - 2)^2 * 0.5 / (0.5 * 0.5) / 4 = 0.5.
        // Mean |X - 2| of Binomial(4, 1/2) is 12/16, so the floor is 2 * (12/16) / 4 / 2.
        var distance = ScoreDistance.Compare([1, 2, 2, 2], Even, 0);
        Assert.Equal(0.25, distance.Tv, 1e-14);
        Assert.Equal(0.1875, distance.TvNoise, 1e-14);
        Assert.Equal(0.5 / 2.492, distance.AndersonDarling, 1e-14);
    }

    [Fact]
    public void ScoresCountAsTheNearestKnownOne() =>
        Assert.Equal(ScoreDistance.Compare([1, 1, 2, 2], Even, 0), ScoreDistance.Compare([-5, 1.5, 1.50001, 9], Even, 0));

    [Fact]
    public void MeanDeviationIsThatOfTheBinomial()
    {
        foreach (var (n, p) in new[] { (1, 0.5), (7, 0.3), (40, 0.01), (60, 0.95) })
        {
            var (probability, expected) = (Math.Pow(1 - p, n), 0.0);
            for (var k = 0; k <= n; k++)
            {
                expected += probability * Math.Abs(k - n * p);
                probability *= (n - k) / (k + 1.0) * p / (1 - p);
            }

            Assert.Equal(expected, ScoreDistance.MeanDeviation(n, p), 1e-10);
        }

        Assert.Equal((0.0, 0.0), (ScoreDistance.MeanDeviation(9, 0), ScoreDistance.MeanDeviation(9, 1)));
    }

    [Fact]
    public void PerfectSamplesShowTheNoiseFloorAndWorseOnesMore()
    {
        var target = new TargetDistribution(new TestTasks.Statistics([.. Enumerable.Range(1, 300).Select(i => i / 300.0)], [.. Enumerable.Range(1, 300).Select(i => 301L - i)], []), new RewardScale(2, 10, 1));
        var (random, floors, distances, statistics) = (new System.Random(8), 0.0, 0.0, 0.0);
        for (var repeat = 0; repeat < 40; repeat++)
        {
            var distance = ScoreDistance.Compare(Draw(1.5), target, 1.5);
            (floors, distances, statistics) = (floors + distance.TvNoise, distances + distance.Tv, statistics + distance.AndersonDarling);
        }

        // The statistic of perfect samples has mean 1 less the last probability, before division by the critical value.
        Assert.Equal(1, distances / floors, 0.05);
        Assert.InRange(statistics / 40 * 2.492, 0.7, 1.3);

        var wrong = ScoreDistance.Compare(Draw(2), target, 1.5);
        Assert.True(wrong.Tv > 1.5 * wrong.TvNoise && wrong.AndersonDarling > 1);

        double[] Draw(double beta)
        {
            var (probabilities, scores) = (target.ScoreProbabilities(beta), new double[2000]);
            for (var i = 0; i < scores.Length; i++)
            {
                var (uniform, row) = (random.NextDouble(), 0);
                while (row < 299 && (uniform -= probabilities[row]) >= 0)
                {
                    row++;
                }

                scores[i] = (row + 1) / 300.0;
            }

            return scores;
        }
    }

    [Fact]
    public void NoSamplesAreRefused() => Assert.Throws<ArgumentException>(() => ScoreDistance.Compare([], Even, 1));
}
