using Tempera.Model.Learning;
using Tempera.Model.Schedules;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Learning;

public sealed class LearnerTests
{
    private static readonly (string, string)[] Small = [("width", "16"), ("batch", "8"), ("replay_batch", "8"), ("threads", "1")];

    [Theory]
    [InlineData("ssr", "logit", "uniform:1,3")]
    [InlineData("ssr", "logit", "uniform:1,3", "ga")]
    [InlineData("sa", "logit", "annealing:1,3", "mcmc")]
    [InlineData("sa", "logit", "annealing:1,3", "mixed")]
    [InlineData("sa", "logit", "uniform:1,3", "unseen")]
    [InlineData("sa", "layer", "annealing:1,3,path=geometric,restarts=2,adaptive=true")]
    [InlineData("ssr", "thermometer", "log-uniform:1,3")]
    [InlineData("sa", "none", "constant:1")]
    public void ARestoredLearnerGoesOnBitForBit(string parametrization, string conditioning, string explore, string explorer = "none")
    {
        (string, string)[] settings = [.. Small, ("parametrization", parametrization), ("conditioning", conditioning), ("explore", explore), ("explorer", explorer), ("population", "50"), ("train", conditioning == "none" ? explore : "uniform:1,3")];
        GoesOn(() => new Campaign("bits", 40, 7, settings));
    }

    [Fact]
    public void ANetworkThatIsSteppedInPartsGoesOnBitForBit()
    {
        // 14 * 3 + 2 * 14^2 + 14^3 = 3,178 features, of which a step takes those that it has.
        var task = Evaluation.TestTasks.Create(new PrependAppendSpace("ABCDEFGHIJKLMN", 3), static terminal => 1 + (double)UInt128.PopCount(terminal));
        using var campaign = new Campaign(task, 40, 7, [.. Small, ("feature_window", "3")]);
        Assert.NotNull(campaign.Learner.Engine.Parameters.Forward.Lazy);
        GoesOn(() => new Campaign(task, 40, 7, [.. Small, ("feature_window", "3"), ("explorer", "unseen")]));
    }

    private static void GoesOn(Func<Campaign> create)
    {
        using var whole = create();
        using var half = create();
        whole.Run(40);
        half.Run(20);
        using var resumed = create();
        resumed.Run(0);
        for (var i = 0; i < half.Buffer.Count; i++)
        {
            resumed.Buffer.Append(half.Buffer.FirstRound(i), [half.Buffer.Object(i)], [half.Buffer.Score(i)], [half.Buffer.Beta(i)]);
        }

        Copy(half.Learner, resumed.Learner);
        resumed.Learner.Restore(half.Learner.Capture());
        resumed.Run(40);
        Assert.Equal(whole.Proposed[^(8 * 20)..], resumed.Proposed);
        foreach (var (expected, actual) in whole.Learner.Weights.Concat(whole.Learner.OptimizerMoments)
            .Zip(resumed.Learner.Weights.Concat(resumed.Learner.OptimizerMoments)))
        {
            Assert.Equal(expected.Name, actual.Name);
            Assert.True(expected.Values.Span.SequenceEqual(actual.Values.Span), expected.Name);
        }
    }

    [Fact]
    public void ThreadsChangeNothing()
    {
        using var one = new Campaign("rna1", 20, 3, ("width", "64"), ("threads", "1"));
        using var three = new Campaign("rna1", 20, 3, ("width", "64"), ("threads", "3"));
        one.Run(20);
        three.Run(20);
        Assert.Equal(one.Proposed, three.Proposed);
        Assert.All(one.Learner.Weights.Zip(three.Learner.Weights), pair => Assert.True(pair.First.Values.Span.SequenceEqual(pair.Second.Values.Span)));
    }

    [Fact]
    public void SeedsDiffer()
    {
        using var first = new Campaign("bits", 5, 1, Small);
        using var second = new Campaign("bits", 5, 2, Small);
        first.Run(5);
        second.Run(5);
        Assert.NotEqual(first.Proposed, second.Proposed);
    }

    [Fact]
    public void ANonFiniteLossNeverReachesTheWeightsAndIsCounted()
    {
        using var campaign = new Campaign("bits", 20, 1, [.. Small, ("replay_batch", "0")]);
        campaign.Run(3);
        var before = Weights(campaign.Learner);
        campaign.Distort = _ => double.NaN;
        var outcome = campaign.Run(5);
        Assert.Equal(2, outcome.SkippedSteps);
        Assert.Equal(before, Weights(campaign.Learner));
        campaign.Distort = _ => 1;
        campaign.Run(6);
        Assert.NotEqual(before, Weights(campaign.Learner));
    }

    [Fact]
    public void TooManyNonFiniteStepsInARowStopTheRunWithTheBatchNamed()
    {
        using var campaign = new Campaign("bits", 20, 1, [.. Small, ("replay_batch", "0"), ("max_skipped_steps", "3")]);
        campaign.Distort = _ => double.NaN;
        var error = Assert.Throws<LearnerDivergedException>(() => campaign.Run(10));
        Assert.Contains("round 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("learning_rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RoundsAreProposedAndLearnedInOrder()
    {
        using var campaign = new Campaign("bits", 20, 1, Small);
        campaign.Run(2);
        Assert.Throws<InvalidOperationException>(() => { campaign.Learner.Propose(new ScheduleContext(2, 20, 0, null, 0)); });
        Assert.Throws<InvalidOperationException>(() => { campaign.Learner.Learn(new double[8], [], []); });
    }

    [Fact]
    public void DecayEndsAtItsShareOfTheStepSize()
    {
        using var constant = new Campaign("bits", 10, 1, Small);
        using var decaying = new Campaign("bits", 10, 1, [.. Small, ("decay", "0")]);
        constant.Run(9);
        decaying.Run(9);
        var before = Weights(decaying.Learner);
        constant.Run(10);
        decaying.Run(10);
        Assert.Equal(before, Weights(decaying.Learner));
        Assert.NotEqual(before, Weights(constant.Learner));
    }

    private static float[] Weights(Learner learner) => [.. learner.Weights.SelectMany(tensor => tensor.Values.ToArray())];

    private static void Copy(Learner from, Learner to)
    {
        foreach (var (source, target) in from.Weights.Concat(from.OptimizerMoments).Zip(to.Weights.Concat(to.OptimizerMoments)))
        {
            source.Values.CopyTo(target.Values);
        }
    }
}
