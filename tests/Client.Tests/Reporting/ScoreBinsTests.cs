using Tempera.Client.Reporting;
using Tempera.Client.Tests.Fakes;

using Xunit;

namespace Tempera.Client.Tests.Reporting;

public sealed class ScoreBinsTests
{
    [Fact]
    public void EveryBinOfALatticeHoldsTheSameNumberOfScores()
    {
        var lattice = Enumerable.Range(0, 300).Select(static i => i * 0.01).ToArray();

        var bins = ScoreBins.Of(lattice, null, 1);

        Assert.InRange(bins.Centres.Count, 20, 40);
        Assert.Single(bins.Count(lattice, [.. Enumerable.Repeat(1.0, lattice.Length)])[1..].Distinct());
    }

    [Fact]
    public void NothingIsLostOrCountedTwice()
    {
        var scores = Enumerable.Range(0, 5000).Select(static i => Math.Sin(i)).ToArray();

        var bins = ScoreBins.Of(scores, null, 1);

        Assert.Equal(5000, bins.Count(scores, [.. Enumerable.Repeat(1.0, scores.Length)]).Sum());
    }

    [Fact]
    public void TargetsBulkIsShownAtEveryBeta()
    {
        var target = new FixedTarget();
        foreach (var beta in (float[])[0.5f, 1, 3, 10])
        {
            var bins = ScoreBins.Of([], target, beta);

            Assert.InRange(bins.Count(target.Scores, target.Probabilities(beta)).Sum(), 0.998, 1 + 1e-9);
        }
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 2.0 })]
    [InlineData(new[] { 2.0, 2.0 })]
    public void OneScoreHasBinsToo(double[] scores)
    {
        var bins = ScoreBins.Of(scores, null, 1);

        Assert.True(bins.High > bins.Low);
        Assert.Equal(scores.Length, bins.Count(scores, [.. scores.Select(static _ => 1.0)]).Sum());
    }
}
