using Tempera.Model.Evaluation;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class PolicyEvaluatorTests
{
    [Fact]
    public void TwoObjectsByHand()
    {
        // Objects A and B with rewards 1 and 3, so at beta 1 p* = 1/4, 3/4 and log Z = log 4; the policy is uniform.
        var space = new AppendSpace("AB", 1);
        var task = TestTasks.Create(space, x => PackedSequence.Symbol(x, 0, 1) == 0 ? 1 : 3, new RewardScale(1, 3, 3));
        var engine = new TabularEngine(space, (_, _, _) => 0, (_, _, _) => 0, _ => 1.25);
        var record = new PolicyEvaluator(task).Evaluate(engine, 1, 1000, 1);
        Assert.True(record.Exact);
        Assert.Equal(0.25, record.Tv!.Value, 1e-7);
        Assert.Equal(0.25 * Math.Log(0.5) + 0.75 * Math.Log(1.5), record.Kl!.Value, 1e-7);
        Assert.Equal(0.5 * Math.Log(2) + 0.5 * Math.Log(2 / 3.0), record.ReverseKl!.Value, 1e-7);
        Assert.Equal((1.25, 2.0), (record.LogZModel, Math.Round(record.MeanScoreModel, 6)));
        Assert.Equal(Math.Log(4), record.LogZTarget!.Value, 1e-12);
        Assert.Equal(2.5, record.MeanScoreTarget!.Value, 1e-12);

        // E[log R - log P_F] = (0 + log 3) / 2 + log 2, and the share of B among 1,000 samples is 0.5 +- 0.016.
        Assert.Equal(Math.Log(3) / 2 + Math.Log(2), record.Elbo!.Value, 0.06);

        // Under p*, log R is log 3 with probability 3/4.
        Assert.Equal(0.75 * Math.Log(3) + Math.Log(2), record.Eubo!.Value, 0.06);

        // The uniform policy's log-probabilities are constant.
        Assert.Null(record.Spearman);
        Assert.Equal((2, (double?)null), (record.Samples, record.UniqueShare));
        Assert.Equal("exact distribution over 2 objects; bounds on log Z, tests of scores and best objects from 1,000 trajectories", record.Basis);
    }

    [Fact]
    public void APolicyThatMeetsItsTargetHasNoDistance()
    {
        // In a tree, P_F(child | s) proportional to the reward flow below the child samples the target exactly.
        var space = new AppendSpace("AB", 5);
        var task = TestTasks.Create(space, Score, new RewardScale(2, 10, 1));
        var engine = Perfect(space, task);
        var record = new PolicyEvaluator(task).Evaluate(engine, 1.5f, 500, 1);
        Assert.InRange(record.Tv!.Value, 0, 1e-6);
        Assert.InRange(record.Jsd!.Value, 0, 1e-9);
        Assert.Equal(1, record.Spearman!.Value, 1e-6);
        Assert.Equal(1, record.Pearson!.Value, 1e-9);
        Assert.Equal(record.MeanScoreTarget!.Value, record.MeanScoreModel, 1e-6);
        Assert.Equal(record.LogZTarget!.Value, record.LogZModel, 1e-6);
        Assert.Equal(record.LogZTarget!.Value, record.Elbo!.Value, 1e-5);
        Assert.Equal(record.LogZTarget!.Value, record.Eubo!.Value, 1e-5);
        Assert.InRange(record.Quality!.Distance!.AndersonDarling, 0, 1.5);
    }

    [Fact]
    public void TheBoundIsBelowLogZOtherwise()
    {
        var space = new PrependAppendSpace("ACG", 4);
        var task = TestTasks.Create(space, Score, new RewardScale(2, 10, 1));
        var record = new PolicyEvaluator(task).Evaluate(new TabularEngine(space, TabularEngine.Rough(1), TabularEngine.Rough(1), _ => 0), 2, 2000, 1);
        Assert.True(record.Elbo < record.LogZTarget - record.ReverseKl + 0.05);
        Assert.True(record.Eubo > record.LogZTarget + record.Kl - 0.05);
        Assert.InRange(record.Tv!.Value, 0.01, 1);
    }

    [Fact]
    public void LargeSpacesAreEstimatedAndSaySo()
    {
        // The score is the share of 1s, so its distribution is known: Binomial(24, 1/2) counts.
        var space = new AppendSpace("01", 24);
        var counts = new List<long> { 1 };
        for (var k = 0; k < 24; k++)
        {
            counts.Add(counts[k] * (24 - k) / (k + 1));
        }

        var task = TestTasks.Create(space, Ones, new RewardScale(1, 1, 1, 0.01)) with
        {
            Target = new TestTasks.Statistics([.. Enumerable.Range(0, 25).Select(k => k / 24.0)], counts, new int[25]),
        };
        var engine = new TabularEngine(space, (_, child, _) => PackedSequence.Symbol(child, PackedSequence.Length(child) - 1, 1), (_, _, _) => 0, _ => 7);
        var record = new PolicyEvaluator(task).Evaluate(engine, 1, 1000, 3);
        Assert.False(record.Exact);
        Assert.Equal((null, null, null, null), (record.Tv, record.Kl, record.ReverseKl, record.Jsd));
        Assert.Equal(7, record.LogZModel);
        Assert.Equal(1 / (1 + Math.Exp(-1)), record.MeanScoreModel, 0.01);
        Assert.Equal(counts.Select((count, k) => count * (k / 24.0) * Math.Max(k / 24.0, 0.01)).Sum() / Math.Exp(record.LogZTarget!.Value), record.MeanScoreTarget!.Value, 1e-9);

        // log p is linear in the number of 1s, log R increasing in it.
        Assert.Equal(1, record.Spearman!.Value, 1e-3);
        Assert.True(record.Elbo < record.LogZTarget && record.Eubo > record.Elbo);
        Assert.True(record.Quality!.Distance!.Tv > 3 * record.Quality.Distance.TvNoise && record.Quality.Distance.AndersonDarling > 1);
        Assert.Equal((1000, true), (record.Samples, record.UniqueShare > 0.9));
        Assert.Contains("noise floor", record.Basis);
        Assert.Equal(record, new PolicyEvaluator(task).Evaluate(engine, 1, 1000, 3));
    }

    [Fact]
    public void WithoutKnownTargetTheTargetsFiguresAreNull()
    {
        var space = new AppendSpace("01", 24);
        var record = new PolicyEvaluator(TestTasks.Create(space, Ones, new RewardScale(1, 1, 1, 0.01))).Evaluate(TabularEngine.Uniform(space), 1, 300, 3);
        Assert.Equal((null, null, null), (record.LogZTarget, record.MeanScoreTarget, record.Quality!.Distance));
        Assert.DoesNotContain("noise floor", record.Basis);
    }

    [Fact]
    public void AnEnumeratedSpaceIsScoredOnceForAllBetas()
    {
        var space = new AppendSpace("AB", 5);
        var oracle = new TestTasks.FunctionOracle(Score);
        var evaluator = new PolicyEvaluator(TestTasks.Create(space, Score) with { Oracle = oracle });
        evaluator.Evaluate(TabularEngine.Uniform(space), 1, 1, 1);
        var calls = oracle.Calls;
        evaluator.Evaluate(TabularEngine.Uniform(space), 2, 1, 1);
        Assert.Equal((33, 34), (calls, oracle.Calls));
    }

    private static double Score(UInt128 x) => ((ulong)x * 2654435761 % 89 + 5) / 100.0;

    private static double Ones(UInt128 x) => UInt128.PopCount(PackedSequence.Letters(x)) is var ones ? (double)ones / 24 : 0;

    private static TabularEngine Perfect(AppendSpace space, DesignTask task)
    {
        return new TabularEngine(space, (_, child, beta) => Flow(child, beta), (_, _, _) => 0, beta => Flow(space.Root, beta));

        double Flow(UInt128 state, float beta)
        {
            if (space.IsTerminal(state))
            {
                return beta * task.Reward.LogReward(Score(state));
            }

            var children = new UInt128[space.MaxChildren];
            return Math.Log(children[..space.GetChildren(state, children)].Sum(child => Math.Exp(Flow(child, beta))));
        }
    }
}
