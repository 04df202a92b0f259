using Tempera.Model.Engines;
using Tempera.Model.Objectives;
using Xunit;

namespace Tempera.Model.Tests.Objectives;

public sealed class GuidedTrajectoryBalanceTests
{
    [Fact]
    public void WorkedExample()
    {
        // r = 1 - 2 - 3 + 0.25 * 1 + 0.75 * 3 = -1.5, q = -1 + 3 = 2.
        var terms = Create(forward: -2, backward: -1, guide: -3, logZ: 1, logReward: 3);
        Assert.Equal(1.5 * 1.5 + 4, new GuidedTrajectoryBalance(0.25).Evaluate(terms), 1e-12);
        Assert.Equal([-3f], terms.ForwardGradient);
        Assert.Equal([-3f], terms.LogZGradient);
        Assert.Equal([4f], terms.BackwardGradient);
    }

    [Fact]
    public void APolicyFarFromTheGuideIsLeftAlone()
    {
        var terms = Create(forward: -2, backward: -1, guide: -12, logZ: 1, logReward: 3);
        // r = 1 - 2 - 3 + 1 = -3, q = 11.
        Assert.Equal(9 + 100, new GuidedTrajectoryBalance(1).Evaluate(terms), 1e-12);
        Assert.Equal([0f], terms.BackwardGradient);
    }

    [Fact]
    public void WithoutAGuidesShareTheForwardGradientIsThatOfTrajectoryBalance()
    {
        var (guided, plain) = (RandomTerms.Create(TermParts.Guide), RandomTerms.Create(TermParts.Guide));
        new GuidedTrajectoryBalance(1).Evaluate(guided);
        new TrajectoryBalance().Evaluate(plain);
        Assert.Equal(plain.LogZGradient, guided.LogZGradient);
        Assert.Equal(plain.ForwardGradient, guided.ForwardGradient);
    }

    private static TrajectoryTerms Create(float forward, float backward, double guide, double logZ, double logReward)
    {
        var terms = new TrajectoryTerms(1, 1, TermParts.Guide) { Count = 1 };
        (terms.Lengths[0], terms.Betas[0], terms.LogZ[0], terms.LogReward[0]) = (1, 1, logZ, logReward);
        (terms.LogForward[0], terms.LogBackward[0], terms.LogGuide[0]) = (forward, backward, guide);
        return terms;
    }
}
