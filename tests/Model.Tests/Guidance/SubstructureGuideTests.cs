using Tempera.Model.Engines;
using Tempera.Model.Guidance;
using Tempera.Model.Random;
using Tempera.Model.Spaces;
using Tempera.Model.Tests.Evaluation;
using Xunit;

namespace Tempera.Model.Tests.Guidance;

public sealed class SubstructureGuideTests
{
    private static readonly PrependAppendSpace Space = new("AB", 3);

    [Fact]
    public void MeansAreOverTheObjectsThatContainASubstructure()
    {
        var guide = Observed(1, ("AAB", 2), ("ABA", 4), ("BBB", 6));
        Assert.Equal(Math.Log(3), guide.LogMeanReward(State("AB")), 1e-12);
        Assert.Equal(Math.Log(4), guide.LogMeanReward(State("B")), 1e-12);
        Assert.Equal(Math.Log(2), guide.LogMeanReward(State("AAB")), 1e-12);
    }

    [Fact]
    public void ASubstructureNobodySawCountsAsTheMeanOfAll() =>
        Assert.Equal(Math.Log(5), Observed(1, ("AAA", 4), ("ABA", 6)).LogMeanReward(State("BB")), 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void AChildIsTakenInProportionToAPowerOfItsMean(int power)
    {
        // From B, the object AAB can still be reached through AB alone, ABA through AB (mean 3) and BA (mean 4).
        var guide = Observed(power, ("AAB", 2), ("ABA", 4));
        Assert.Equal(0, guide.LogProbability(State("B"), State("AB"), State("AAB")), 1e-12);
        var (first, second) = (Math.Pow(3, power), Math.Pow(4, power));
        Assert.Equal(Math.Log(first / (first + second)), guide.LogProbability(State("B"), State("AB"), State("ABA")), 1e-12);
    }

    [Fact]
    public void TheTrajectoriesToAnObjectHaveTotalProbabilityOne()
    {
        var random = new RandomStreams(4).At("guide", 0);
        var guide = new SubstructureGuide(Space, 1.5);
        var objects = Space.EnumerateObjects().ToArray();
        for (var i = 0; i < 5; i++)
        {
            guide.Observe(objects[i], random.Normal((ulong)i));
        }

        foreach (var group in TestTasks.Trajectories(Space, [Space.Root]).GroupBy(path => path[^1]))
        {
            var total = group.Sum(path => Math.Exp(path.Zip(path[1..], (state, child) => guide.LogProbability(state, child, group.Key)).Sum()));
            Assert.Equal(1, total, 1e-12);
        }
    }

    [Fact]
    public void AnAppendOnlyObjectHasOneTrajectorySoTheGuideIsCertain()
    {
        var space = new AppendSpace("AB", 4);
        var guide = new SubstructureGuide(space, 2);
        Assert.True(space.TryParse("ABBA", out var terminal, out _));
        guide.Observe(terminal, 0.3);
        var path = TestTasks.Trajectories(space, [space.Root]).Single(path => path[^1] == terminal);
        Assert.All(path.Zip(path[1..]), edge => Assert.Equal(0, guide.LogProbability(edge.First, edge.Second, terminal)));
    }

    [Fact]
    public void AnObjectCountsOnceAndOneWithoutAFiniteRewardNever()
    {
        var guide = Observed(1, ("AAB", 2), ("AAB", 100));
        guide.Observe(State("BBB"), double.NaN);
        Assert.Equal(1, guide.Observed);
        Assert.Equal(Math.Log(2), guide.LogMeanReward(State("A")), 1e-12);
    }

    [Fact]
    public void MemoryIsBoundedAndWhatIsKnownGoesOnLearning()
    {
        var guide = new SubstructureGuide(Space, 1, maxSubstructures: 2);
        guide.Observe(State("AAB"), Math.Log(2));
        guide.Observe(State("BBB"), Math.Log(6));
        Assert.Equal(2, guide.Substructures);
        Assert.Equal(Math.Log(2), guide.LogMeanReward(State("A")), 1e-12);
        Assert.Equal(Math.Log(4), guide.LogMeanReward(State("B")), 1e-12);
        Assert.Equal(Math.Log(4), guide.LogMeanReward(State("BB")), 1e-12);
    }

    [Fact]
    public void ARestoredGuideIsTheSameToTheLastBit()
    {
        var random = new RandomStreams(4).At("guide", 0);
        var (whole, restored) = (new SubstructureGuide(Space, 1), new SubstructureGuide(Space, 1));
        var objects = Space.EnumerateObjects().ToArray();
        for (var i = 0; i < 6; i++)
        {
            whole.Observe(objects[(5 * i) % 8], random.Normal((ulong)i));
        }

        restored.Restore(whole.Capture());
        Assert.All(TestTasks.Trajectories(Space, [Space.Root]).SelectMany(path => path), state =>
            Assert.Equal(whole.LogMeanReward(state), restored.LogMeanReward(state)));
        Assert.Throws<InvalidDataException>(() => restored.Restore(whole.Capture()));
    }

    [Fact]
    public void TermsHoldTheLogProbabilityOfEachStep()
    {
        var guide = Observed(1, ("AAB", 2), ("ABA", 4));
        var batch = new TrajectoryBatch(Space, 1) { Count = 1 };
        var terms = new TrajectoryTerms(1, 3, TermParts.Guide) { Count = 1 };
        new[] { Space.Root, State("B"), State("BA"), State("ABA") }.CopyTo(batch.States, 0);
        batch.Lengths[0] = 3;
        guide.Write(batch, terms);
        Assert.Equal(Math.Log(4 / 7.0), terms.LogGuide[1], 1e-12);
        Assert.Equal(0, terms.LogGuide[2]);
    }

    private static SubstructureGuide Observed(double power, params (string Object, double Reward)[] objects)
    {
        var guide = new SubstructureGuide(Space, power);
        foreach (var (terminal, reward) in objects)
        {
            guide.Observe(State(terminal), Math.Log(reward));
        }

        return guide;
    }

    private static UInt128 State(string text) => PackedSequence.Create([.. text.Select(letter => letter - 'A')], 1);
}
