using Tempera.Model.Baselines;
using Tempera.Model.Engines;
using Tempera.Model.Tests.Objectives;
using Xunit;

namespace Tempera.Model.Tests.Baselines;

public sealed class ActorCriticTests
{
    [Fact]
    public void WorkedExample()
    {
        // beta log R = 4, alpha = 0.5: G_1 = 4 + 0.5 * 2 = 5, G_0 = 5 + 0.5 = 5.5; V = 3 and 6: A_0 = 2.5, A_1 = -1.
        var terms = Create(now: [-1, -2], then: [-1, -2]);
        Assert.Equal(2.5 * 2.5 + 1 - 2.5 + 1, new ActorCritic("a2c", 0.5, 0.2).Evaluate(terms), 1e-6);
        Assert.Equal([-2.5f, 1], terms.ForwardGradient);
        Assert.Equal([-5f], terms.LogZGradient);
        Assert.Equal([0f, 2, 0], terms.FlowGradient);
        Assert.Equal([0f, 0], terms.BackwardGradient);
    }

    [Fact]
    public void ARatioBeyondTheClipIsFollowedNoFurtherButLedBack()
    {
        // Step 0 (A > 0) has become likelier by e^0.5: no gradient. Step 1 (A < 0) has too: it is led back with its ratio.
        var terms = Create(now: [-0.5f, -1.5f], then: [-1, -2]);
        new ActorCritic("ppo", 0.5, 0.2).Evaluate(terms);
        Assert.Equal(0, terms.ForwardGradient[0]);
        Assert.Equal(Math.Exp(0.5), terms.ForwardGradient[1], 1e-6);

        terms = Create(now: [-1.5f, -2.5f], then: [-1, -2]);
        new ActorCritic("ppo", 0.5, 0.2).Evaluate(terms);
        Assert.Equal(-2.5 * Math.Exp(-0.5), terms.ForwardGradient[0], 1e-6);
        Assert.Equal(0, terms.ForwardGradient[1]);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.9)]
    public void GradientsAgreeWithCentralDifferencesWhileTheBehaviourStays(double clip)
    {
        var objective = new ActorCritic("ppo", 0.7, clip);
        var terms = RandomTerms.Create(objective.Parts, batch: 3);
        objective.Evaluate(terms);
        var (forward, flow, logZ) = (terms.ForwardGradient.ToArray(), terms.FlowGradient.ToArray(), terms.LogZGradient.ToArray());
        for (var i = 0; i < forward.Length; i++)
        {
            var at = i;
            var expected = RandomTerms.Difference(() => objective.Evaluate(terms), step => terms.LogForward[at] += (float)step, 1 / 1024.0);
            var isStep = i % terms.MaxSteps < terms.Lengths[i / terms.MaxSteps];
            Assert.Equal(isStep ? expected : 0, forward[i], 1e-3 * Math.Max(1, Math.Abs(expected)));
        }

        Assert.All(Enumerable.Range(0, flow.Length), i => Assert.Equal(RandomTerms.Difference(objective, terms, terms.LogFlow, i), flow[i], 1e-3));
        Assert.All(Enumerable.Range(0, 3), b => Assert.Equal(RandomTerms.Difference(objective, terms, terms.LogZ, b), logZ[b], 1e-3));
    }

    private static TrajectoryTerms Create(float[] now, float[] then)
    {
        var terms = new TrajectoryTerms(1, 2, TermParts.Flows | TermParts.Behaviour) { Count = 1 };
        (terms.Lengths[0], terms.Betas[0], terms.LogReward[0], terms.LogZ[0], terms.LogFlow[1]) = (2, 2, 2, 3, 6);
        then.CopyTo(terms.LogForward, 0);
        terms.KeepBehaviour();
        now.CopyTo(terms.LogForward, 0);
        return terms;
    }
}
