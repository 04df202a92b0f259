using Tempera.Model.Random;
using Tempera.Model.Searching;
using Tempera.Model.Settings;
using Xunit;

namespace Tempera.Model.Tests.Searching;

public sealed class BetaLadderTests
{
    private static readonly RandomStreams Streams = new(3);

    [Theory]
    [InlineData(LadderKind.Geometric, new[] { 1f, 2f, 4f })]
    [InlineData(LadderKind.Linear, new[] { 1f, 2.5f, 4f })]
    [InlineData(LadderKind.Adaptive, new[] { 1f, 2f, 4f })]
    public void RungsStandBetweenTheEnds(LadderKind kind, float[] rungs) => Assert.Equal(rungs, Ladder(3, kind).Rungs);

    [Fact]
    public void OneRungStandsInTheMiddle() => Assert.Equal([2f], Ladder(1, LadderKind.Geometric).Rungs);

    [Fact]
    public void WithoutExchangeEachKeepsItsRung()
    {
        var ladder = Ladder(4, LadderKind.Geometric);
        Observe(ladder, 9, 5, 1, 0);
        ladder.Advance(1, Streams);

        Assert.Equal(ladder.Rungs, Enumerable.Range(0, 4).Select(ladder.Beta));
    }

    [Fact]
    public void WhoMetBetterObjectsGoesOnAtALargerBeta()
    {
        var ladder = Ladder(4, LadderKind.Geometric, RungExchange.Metropolis);
        Observe(ladder, 9, 5, 4, 1);
        ladder.Advance(2, Streams);
        Assert.Equal([ladder.Rungs[1], ladder.Rungs[0], ladder.Rungs[3], ladder.Rungs[2]], Enumerable.Range(0, 4).Select(ladder.Beta));

        ladder.Advance(3, Streams);
        Assert.Equal((ladder.Rungs[2], ladder.Rungs[1]), (ladder.Beta(0), ladder.Beta(3)));
    }

    [Fact]
    public void AnExchangeForTheWorseHasTheProbabilityOfParallelTempering()
    {
        // beta 1 and 4, log R 0 and 0.3: exp(3 * -0.3).
        const int Trials = 20_000;
        var exchanged = 0;
        for (var round = 2; round <= 2 * Trials; round += 2)
        {
            var ladder = Ladder(2, LadderKind.Geometric, RungExchange.Metropolis);
            Observe(ladder, 0, 0.3);
            ladder.Advance(round, Streams);
            exchanged += ladder.Beta(0) == 4 ? 1 : 0;
        }

        Assert.Equal(Math.Exp(-0.9), exchanged / (double)Trials, 0.012);
    }

    [Fact]
    public void AdaptiveRungsMoveToWhereNeighboursAreEquallyFarApart()
    {
        // m(beta) = log beta: sqrt of the products is even on the geometric ladder; m = beta^2 / 2 wants others, and the ends stay.
        var ladder = Ladder(5, LadderKind.Adaptive);
        for (var round = 1; round <= 2_000; round++)
        {
            Observe(ladder, [.. ladder.Rungs.Select(static beta => beta * beta / 2.0)]);
            ladder.Advance(round, Streams);
        }

        Assert.Equal((1f, 4f), (ladder.Rungs[0], ladder.Rungs[^1]));
        var lengths = ladder.Rungs.Zip(ladder.Rungs.Skip(1), static (a, b) => Math.Sqrt((b - a) * ((b * b) - (a * a)) / 2.0)).ToArray();
        Assert.All(lengths, length => Assert.Equal(lengths[0], length, 0.02));
    }

    [Fact]
    public void AStateIsRestored()
    {
        var ladder = Ladder(4, LadderKind.Adaptive, RungExchange.Metropolis);
        for (var round = 1; round <= 40; round++)
        {
            Observe(ladder, 4, 5, 1, round);
            ladder.Advance(round, Streams);
        }

        var copy = Ladder(4, LadderKind.Adaptive, RungExchange.Metropolis);
        copy.Restore(ladder.Capture());
        foreach (var both in new[] { ladder, copy })
        {
            Observe(both, 1, 3, 2, 7);
            both.Advance(50, Streams);
        }

        Assert.Equal(ladder.Rungs, copy.Rungs);
        Assert.Equal(Enumerable.Range(0, 4).Select(ladder.Beta), Enumerable.Range(0, 4).Select(copy.Beta));
        Assert.Throws<InvalidDataException>(() => Ladder(3, LadderKind.Adaptive).Restore(ladder.Capture()));
    }

    private static void Observe(BetaLadder ladder, params double[] logRewards)
    {
        for (var searcher = 0; searcher < logRewards.Length; searcher++)
        {
            ladder.Observe(searcher, [logRewards[searcher]]);
        }
    }

    private static BetaLadder Ladder(int searchers, LadderKind kind, RungExchange exchange = RungExchange.None) =>
        new(new SearchSettings { Searchers = searchers, Ladder = kind, RungExchange = exchange }, 1, 4);
}
