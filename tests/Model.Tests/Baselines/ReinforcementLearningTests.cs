using Tempera.Model.Evaluation;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Tempera.Model.Tests.Learning;
using Xunit;

namespace Tempera.Model.Tests.Baselines;

/// <summary>The entropy-regularised problem has a known solution: an object comes in proportion to its trajectories times R^(beta / alpha).</summary>
public sealed class ReinforcementLearningTests
{
    [Theory]
    [InlineData("sql", 2_500)]
    [InlineData("a2c", 4_000)]
    [InlineData("ppo", 2_500)]
    public void ItReachesTheKnownSolution(string method, int rounds)
    {
        using var campaign = new Campaign(
            "hypergrid", rounds, 0, ("method", method), ("explore", "constant:2"), ("train", "constant:2"), ("entropy", "2"),
            ("threads", "1"), ("flow_learning_rate", "0.004"));
        campaign.Run(rounds);
        var exact = new ExactDistribution(campaign.Task.Space);
        var logModel = exact.LogProbabilities(campaign.Learner.Engine, 2);
        var (logTarget, logTotal) = Solution(campaign.Task, exact.Objects.Span, power: 1);
        Assert.InRange(DistributionMetrics.TotalVariation(logModel, logTarget), 0, 0.01);

        // V(s0) = alpha log sum of exp(beta log R / alpha).
        Assert.InRange(campaign.Learner.Engine.LogZ(2) - 2 * logTotal, -0.02, 0.02);
    }

    [Fact]
    public void TheSolutionIsNotTheTargetOfAGFlowNet()
    {
        var task = TaskCatalog.Create("hypergrid", new Dictionary<string, string>());
        var exact = new ExactDistribution(task.Space);
        var (solution, _) = Solution(task, exact.Objects.Span, power: 1);
        var scores = new double[solution.Length];
        task.Oracle.Score(exact.Objects.Span, scores);
        var logTarget = Array.ConvertAll(scores, score => Math.Log(score / scores.Sum()));
        Assert.True(DistributionMetrics.TotalVariation(solution, logTarget) > 0.3);
    }

    [Fact]
    public void MethodsSetTheirObjectiveAndWhatItNeeds()
    {
        var ppo = Resolve(("method", "ppo"));
        Assert.Equal(("ppo", 0, 0.0, 4, BackwardPolicy.Uniform), (ppo.Objective, ppo.ReplayBatch, ppo.Epsilon, ppo.Steps, ppo.BackwardPolicy));
        Assert.Equal(2, Resolve(("method", "ppo"), ("steps", "2")).Steps);
        Assert.Equal(32, Resolve(("method", "sql")).ReplayBatch);
        foreach (var method in new[] { "a2c", "ppo", "sql" })
        {
            var task = TaskCatalog.Create("bits", new Dictionary<string, string>());
            var resolved = Resolve(("method", method));
            Assert.Equal(resolved, SettingCatalog.Resolve(task, SettingCatalog.Describe(resolved)));
        }
    }

    [Theory]
    [InlineData("objective", "objective", "a2c", "method", "gflownet")]
    [InlineData("objective", "objective", "db", "method", "a2c")]
    [InlineData("replay_batch", "replay_batch", "32", "method", "a2c")]
    [InlineData("epsilon", "epsilon", "0.1", "method", "ppo")]
    public void WhatAMethodDoesNotAllowIsRefusedByName(string refused, string name, string value, string other, string otherValue) =>
        Assert.Equal(refused, Assert.Throws<SettingException>(() => Resolve((name, value), (other, otherValue))).Setting);

    /// <summary>log of p(x) proportional to n(x) R(x)^power, and of the sum; n counts the paths to a cell of a grid of two dimensions.</summary>
    private static (double[] LogProbabilities, double LogTotal) Solution(DesignTask task, ReadOnlySpan<UInt128> objects, double power)
    {
        var scores = new double[objects.Length];
        task.Oracle.Score(objects, scores);
        var logWeights = new double[objects.Length];
        for (var i = 0; i < logWeights.Length; i++)
        {
            var (x, y) = (HypergridSpace.Coordinate(objects[i], 0), HypergridSpace.Coordinate(objects[i], 1));
            logWeights[i] = power * task.Reward.LogReward(scores[i]) + Enumerable.Range(1, x).Sum(k => Math.Log((y + k) / (double)k));
        }

        var total = LogMath.LogSumExp(logWeights);
        return (Array.ConvertAll(logWeights, weight => weight - total), total);
    }

    private static LearnerSettings Resolve(params (string Name, string Value)[] settings) =>
        SettingCatalog.Resolve(TaskCatalog.Create("bits", new Dictionary<string, string>()), settings.ToDictionary(s => s.Name, s => s.Value));
}
