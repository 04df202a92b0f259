using Tempera.Model.Engines;
using Tempera.Model.Objectives;
using Xunit;

namespace Tempera.Model.Tests.Objectives;

public sealed class SubTrajectoryBalanceTests
{
    [Theory]
    [InlineData(0, 1e-7)]
    [InlineData(1e-7, 1e-4)]
    public void WithoutLambdaItIsDetailedBalance(double lambda, double tolerance) =>
        AssertSame(new DetailedBalance(), new SubTrajectoryBalance(lambda), tolerance);

    [Fact]
    public void WithALargeLambdaItIsTrajectoryBalance() =>
        AssertSame(new TrajectoryBalance(), new SubTrajectoryBalance(1e6), 1e-3);

    [Fact]
    public void WeightingsAgreeOnABatchOfOneLength()
    {
        var terms = RandomTerms.Create(TermParts.Flows);
        Array.Fill(terms.Lengths, 3);
        Assert.Equal(
            new SubTrajectoryBalance(0.7, SubTrajectoryWeighting.Geometric).Evaluate(terms),
            new SubTrajectoryBalance(0.7, SubTrajectoryWeighting.GeometricWithin).Evaluate(terms), 1e-9);
        Assert.Equal(
            new SubTrajectoryBalance(0.7, SubTrajectoryWeighting.Equal).Evaluate(terms),
            new SubTrajectoryBalance(1, SubTrajectoryWeighting.EqualWithin).Evaluate(terms), 1e-9);
    }

    [Fact]
    public void WorkedExample()
    {
        // Two steps: A01 = 1 - 1 - 2 + 0.5 = -1.5, A12 = 2 - 0.5 - 4 + 0 = -2.5, A02 = 1 - 1.5 - 4 + 0.5 = -4, weights 1, 1, 0.5.
        var terms = new TrajectoryTerms(1, 2, TermParts.Flows) { Count = 1 };
        (terms.Lengths[0], terms.Betas[0], terms.LogZ[0], terms.LogReward[0]) = (2, 2, 1, 2);
        (terms.LogForward[0], terms.LogForward[1], terms.LogBackward[0], terms.LogFlow[1]) = (-1, -0.5f, -0.5f, 2);
        Assert.Equal((1.5 * 1.5 + 2.5 * 2.5 + 0.5 * 16) / 2.5, new SubTrajectoryBalance(0.5).Evaluate(terms), 1e-12);
        Assert.Equal((1.5 * 1.5 + 2.5 * 2.5) / 2, new DetailedBalance().Evaluate(terms), 1e-12);
        Assert.Equal(16, new TrajectoryBalance().Evaluate(terms), 1e-12);
    }

    [Fact]
    public void AnEndOfLambdaNeverOverflows()
    {
        var terms = RandomTerms.Create(TermParts.Flows, steps: 120);
        foreach (var weighting in Enum.GetValues<SubTrajectoryWeighting>())
        {
            Assert.True(double.IsFinite(new SubTrajectoryBalance(1e6, weighting).Evaluate(terms)));
            Assert.True(double.IsFinite(new SubTrajectoryBalance(1e-300, weighting).Evaluate(terms)));
        }
    }

    private static void AssertSame(IObjective expected, IObjective actual, double tolerance)
    {
        var (one, other) = (RandomTerms.Create(TermParts.Flows), RandomTerms.Create(TermParts.Flows));
        Assert.Equal(expected.Evaluate(one), actual.Evaluate(other), tolerance * 100);
        AssertClose(one.ForwardGradient, other.ForwardGradient, tolerance);
        AssertClose(one.BackwardGradient, other.BackwardGradient, tolerance);
        AssertClose(one.LogZGradient, other.LogZGradient, tolerance);
        AssertClose(one.FlowGradient, other.FlowGradient, tolerance);
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
