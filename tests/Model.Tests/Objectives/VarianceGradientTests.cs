using Tempera.Model.Engines;
using Tempera.Model.Objectives;
using Xunit;

namespace Tempera.Model.Tests.Objectives;

public sealed class VarianceGradientTests
{
    private readonly VarianceGradient _objective = new();

    [Fact]
    public void ALossOfZeroAllowsEveryBetaItsOwnLogZ()
    {
        // zeta is 3 for both trajectories of beta 1, and -2 for both of beta 2.
        var terms = Create([1, 2, 1, 2], [3, -1, 3, -1]);
        Assert.Equal(0, _objective.Evaluate(terms), 1e-12);
        Assert.All(terms.ForwardGradient, gradient => Assert.Equal(0, gradient));
        Assert.Equal([-1.5f, 1, -1.5f, 1], terms.LogZGradient);
    }

    [Fact]
    public void TheMeanIsTakenWithinOneBeta()
    {
        var terms = Create([1, 2, 1, 2], [1, 0, 3, 0]);
        Assert.Equal((1.0 + 1) / 4, _objective.Evaluate(terms), 1e-12);
        Assert.Equal([0.5f, 0, -0.5f, 0], terms.ForwardGradient);
        Assert.Equal([-0.5f, 0, 0.5f, 0], terms.BackwardGradient);
    }

    [Fact]
    public void ABetaOfOneTrajectoryTeachesNothing()
    {
        var terms = Create([1, 2, 3], [4, 5, 6]);
        Assert.Equal(0, _objective.Evaluate(terms));
        Assert.All(terms.ForwardGradient, gradient => Assert.Equal(0, gradient));
    }

    [Fact]
    public void TheGradientIsThatOfTrajectoryBalanceWithTheBestLogZ()
    {
        var (terms, balanced) = (RandomTerms.Create(TermParts.None, betas: [1]), RandomTerms.Create(TermParts.None, betas: [1]));
        _objective.Evaluate(terms);
        var best = Enumerable.Range(0, balanced.Count).Average(b =>
            balanced.LogReward[b] + balanced.LogBackward[(b * 5)..(b * 5 + 5)].Sum() - balanced.LogForward[(b * 5)..(b * 5 + 5)].Sum());
        Array.Fill(balanced.LogZ, best);
        new TrajectoryBalance().Evaluate(balanced);
        Assert.All(balanced.ForwardGradient.Zip(terms.ForwardGradient), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static TrajectoryTerms Create(float[] betas, double[] logRewards)
    {
        var terms = new TrajectoryTerms(betas.Length, 1) { Count = betas.Length };
        Array.Fill(terms.Lengths, 1);
        betas.CopyTo(terms.Betas, 0);
        logRewards.CopyTo(terms.LogReward, 0);
        return terms;
    }
}
