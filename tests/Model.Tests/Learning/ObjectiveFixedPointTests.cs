using Tempera.Model.Evaluation;
using Tempera.Model.Random;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Tempera.Model.Tests.Evaluation;
using Xunit;

namespace Tempera.Model.Tests.Learning;

/// <summary>Every objective has the target as its fixed point: trained until it converges, the exact evaluator must find it there.</summary>
public sealed class ObjectiveFixedPointTests
{
    private static readonly (string, string)[] Steps =
        [("threads", "1"), ("flow_learning_rate", "0.004"), ("potential_learning_rate", "0.004")];

    [Theory]
    [InlineData("db")]
    [InlineData("subtb")]
    [InlineData("fm")]
    [InlineData("vargrad")]
    [InlineData("maxent")]
    [InlineData("fl-db")]
    [InlineData("led-db")]
    public void AtOneBetaItIsMetExactly(string objective)
    {
        using var campaign = new Campaign("hypergrid", 2_500, 0, [.. Steps, ("objective", objective), ("explore", "constant:2"), ("train", "constant:2")]);
        campaign.Run(2_500);
        AssertMeetsTarget(campaign, 0.002, 0.002, 2);
    }

    [Theory]
    [InlineData("subtb")]
    [InlineData("vargrad")]
    [InlineData("maxent")]
    [InlineData("fl-subtb")]
    [InlineData("led-subtb")]
    public void OneNetworkMeetsItAtBetaOneTwoAndThree(string objective)
    {
        using var campaign = new Campaign("hypergrid", 10_000, 0, [.. Steps, ("objective", objective)]);
        campaign.Run(10_000);
        AssertMeetsTarget(campaign, 0.01, 0.02, 1, 2, 3);
    }

    [Theory]
    [InlineData("db", 16_000)]
    [InlineData("fm", 10_000)]
    public void ObjectivesOfSingleEdgesMeetItAtBetaOneTwoAndThreeWithAThermometer(string objective, int rounds)
    {
        using var campaign = new Campaign("hypergrid", rounds, 0, [.. Steps, ("objective", objective), ("conditioning", "thermometer")]);
        campaign.Run(rounds);
        AssertMeetsTarget(campaign, 0.01, 0.02, 1, 2, 3);
    }

    [Fact]
    public void GuidedBalanceWithoutTheGuidesShareMeetsItWhateverTheBackwardPolicyLearns()
    {
        using var campaign = Guided(new PrependAppendSpace("ABC", 4), 2_500, ("guide_weight", "1"), ("guide_power", "2"));
        AssertMeetsTarget(campaign, 0.002, 0.002, 2);
    }

    [Fact]
    public void GuidedBalanceMeetsItWhereEveryObjectHasOneTrajectory()
    {
        using var campaign = Guided(new AppendSpace("ABC", 4), 2_500, ("guide_weight", "0.5"));
        AssertMeetsTarget(campaign, 0.002, 0.002, 2);
    }

    [Fact]
    public void GuidedBalanceIsBiasedWhereGuidedTrajectoriesAreNotMarkov()
    {
        using var campaign = Guided(new PrependAppendSpace("ABC", 4), 2_500, ("guide_weight", "0.5"), ("guide_power", "2"));
        var evaluation = new PolicyEvaluator(campaign.Task).Evaluate(campaign.Learner.Engine, 2, 100, 1, default);
        Assert.InRange(evaluation.Tv!.Value, 0.002, 0.1);
    }

    private static Campaign Guided(IDesignSpace space, int rounds, params (string, string)[] settings)
    {
        var random = new RandomStreams(6).At("scores", 0);
        var task = TestTasks.Create(space, terminal => 0.1 + random.Uniform((ulong)terminal ^ (ulong)(terminal >> 64)), new RewardScale(1, 1, 1));
        var campaign = new Campaign(task, rounds, 0,
        [
            .. Steps, ("objective", "guided-tb"), ("explore", "constant:2"), ("train", "constant:2"), ("width", "64"), ("batch", "64"),
            ("replay_batch", "0"), ("learning_rate", "0.004"), ("decay", "0"), ("epsilon", "0.1"), .. settings,
        ]);
        campaign.Run(rounds);
        return campaign;
    }

    private static void AssertMeetsTarget(Campaign campaign, double variation, double logZ, params float[] betas)
    {
        var evaluator = new PolicyEvaluator(campaign.Task);
        foreach (var beta in betas)
        {
            var evaluation = evaluator.Evaluate(campaign.Learner.Engine, beta, 100, 1, default);
            Assert.True(evaluation.Exact);
            Assert.InRange(evaluation.Tv!.Value, 0, variation);
            Assert.InRange(evaluation.LogZModel - evaluation.LogZTarget!.Value, -logZ, logZ);
        }
    }
}
