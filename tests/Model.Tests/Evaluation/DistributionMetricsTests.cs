using Tempera.Model.Evaluation;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class DistributionMetricsTests
{
    private const double None = double.NegativeInfinity;
    private static readonly double[] Half = [Math.Log(0.5), Math.Log(0.5)];
    private static readonly double[] Quarter = [Math.Log(0.25), Math.Log(0.75)];

    [Fact]
    public void TwoObjectsByHand()
    {
        Assert.Equal(0.25, DistributionMetrics.TotalVariation(Half, Quarter), 1e-15);
        Assert.Equal(0.5 * Math.Log(2) + 0.5 * Math.Log(2 / 3.0), DistributionMetrics.KullbackLeibler(Half, Quarter), 1e-15);
        Assert.Equal(0.25 * Math.Log(0.5) + 0.75 * Math.Log(1.5), DistributionMetrics.KullbackLeibler(Quarter, Half), 1e-15);
        var expected = 0.5 * (0.5 * Math.Log(0.5 / 0.375) + 0.5 * Math.Log(0.5 / 0.625) + 0.25 * Math.Log(0.25 / 0.375) + 0.75 * Math.Log(0.75 / 0.625));
        Assert.Equal(expected, DistributionMetrics.JensenShannon(Half, Quarter), 1e-15);
    }

    [Fact]
    public void EqualDistributionsHaveNoDistance()
    {
        Assert.Equal(0, DistributionMetrics.TotalVariation(Quarter, Quarter));
        Assert.Equal(0, DistributionMetrics.KullbackLeibler(Quarter, Quarter));
        Assert.Equal(0, DistributionMetrics.JensenShannon(Quarter, Quarter), 1e-16);
    }

    [Fact]
    public void DisjointDistributionsAreAtTheBounds()
    {
        Assert.Equal(1, DistributionMetrics.TotalVariation([0, None], [None, 0]));
        Assert.Equal(double.PositiveInfinity, DistributionMetrics.KullbackLeibler([0, None], [None, 0]));
        Assert.Equal(Math.Log(2), DistributionMetrics.JensenShannon([0, None], [None, 0]), 1e-15);
    }

    [Fact]
    public void ObjectsThatNeitherHasChangeNothing() =>
        Assert.Equal(
            (DistributionMetrics.JensenShannon(Half, Quarter), DistributionMetrics.KullbackLeibler(Half, Quarter)),
            (DistributionMetrics.JensenShannon([.. Half, None], [.. Quarter, None]), DistributionMetrics.KullbackLeibler([.. Half, None], [.. Quarter, None])));

    [Fact]
    public void JensenShannonIsSymmetricAndBoundedOnRandomPairs()
    {
        var random = new System.Random(4);
        for (var i = 0; i < 50; i++)
        {
            var (p, q) = (Draw(random), Draw(random));
            var distance = DistributionMetrics.JensenShannon(p, q);
            Assert.Equal(distance, DistributionMetrics.JensenShannon(q, p), 1e-12);
            Assert.InRange(distance, 0, Math.Log(2));
            Assert.True(DistributionMetrics.TotalVariation(p, q) <= Math.Sqrt(DistributionMetrics.KullbackLeibler(p, q) / 2), "Pinsker's inequality");
        }
    }

    [Fact]
    public void DifferentLengthsAreRefused() =>
        Assert.Throws<ArgumentException>(() => DistributionMetrics.TotalVariation(Half, [0]));

    private static double[] Draw(System.Random random)
    {
        var weights = Enumerable.Range(0, 20).Select(_ => Math.Exp(10 * random.NextDouble())).ToArray();
        return [.. weights.Select(weight => Math.Log(weight / weights.Sum()))];
    }
}
