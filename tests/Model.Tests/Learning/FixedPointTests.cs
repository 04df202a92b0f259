using Tempera.Model.Evaluation;
using Xunit;

namespace Tempera.Model.Tests.Learning;

/// <summary>Trajectory balance has one fixed point, the target: trained until it converges, the exact evaluator must find it there.</summary>
public sealed class FixedPointTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("0.1")]
    public void OneNetworkMeetsTheTargetAtBetaOneTwoAndThreeWithAndWithoutExploration(string epsilon)
    {
        using var campaign = new Campaign("hypergrid", 10_000, 0, ("epsilon", epsilon), ("threads", "1"));
        campaign.Run(10_000);
        AssertMeetsTarget(campaign, 1, 2, 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void PlainLogitConditioningMeetsTheTargetOfASingleBeta(int beta)
    {
        using var campaign = new Campaign(
            "hypergrid", 4_000, 0, ("logit_rank", "1"), ("explore", $"constant:{beta}"), ("train", $"constant:{beta}"), ("learning_rate", "0.002"), ("threads", "1"));
        campaign.Run(4_000);
        AssertMeetsTarget(campaign, beta);
    }

    [Fact]
    public void TheConditionChangesTheDistribution()
    {
        using var campaign = new Campaign("hypergrid", 1_000, 0, ("threads", "1"));
        campaign.Run(1_000);
        var evaluator = new PolicyEvaluator(campaign.Task);
        var (low, high) = (evaluator.Evaluate(campaign.Learner.Engine, 1, 100, 1, default), evaluator.Evaluate(campaign.Learner.Engine, 3, 100, 1, default));
        Assert.True(high.MeanScoreModel > low.MeanScoreModel + 0.2, $"{low.MeanScoreModel} at beta 1, {high.MeanScoreModel} at beta 3");
    }

    private static void AssertMeetsTarget(Campaign campaign, params float[] betas)
    {
        var evaluator = new PolicyEvaluator(campaign.Task);
        foreach (var beta in betas)
        {
            var evaluation = evaluator.Evaluate(campaign.Learner.Engine, beta, 100, 1, default);
            Assert.True(evaluation.Exact);
            Assert.InRange(evaluation.Tv!.Value, 0, 0.01);
            Assert.InRange(evaluation.LogZModel - evaluation.LogZTarget!.Value, -0.01, 0.01);
        }
    }
}
