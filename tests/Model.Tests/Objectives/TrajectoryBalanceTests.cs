using Tempera.Model.Engines;
using Tempera.Model.Objectives;
using Xunit;

namespace Tempera.Model.Tests.Objectives;

public sealed class TrajectoryBalanceTests
{
    private readonly TrajectoryBalance _objective = new();

    [Fact]
    public void WorkedExample()
    {
        // r_0 = 2 + (-1 - 0.5) - 0.5 * 3 - (-0.25 - 0) = -0.75; r_1 = 1 - 2 - 2 * (-1) - (-0.5) = 1.5, its second step unused.
        var terms = new TrajectoryTerms(3, 2) { Count = 2 };
        Set(terms, 0, length: 2, beta: 0.5f, logZ: 2, logReward: 3, forward: [-1, -0.5f], backward: [-0.25f, 0]);
        Set(terms, 1, length: 1, beta: 2, logZ: 1, logReward: -1, forward: [-2, 99], backward: [-0.5f, 77]);

        Assert.Equal((0.75 * 0.75 + 1.5 * 1.5) / 2, _objective.Evaluate(terms), 1e-12);
        Assert.Equal([-0.75f, -0.75f, 1.5f, 0], terms.ForwardGradient[..4]);
        Assert.Equal([0.75f, 0.75f, -1.5f, 0], terms.BackwardGradient[..4]);
        Assert.Equal([-0.75f, 1.5f], terms.LogZGradient[..2]);
    }

    [Fact]
    public void GradientsAgreeWithCentralDifferences()
    {
        var terms = Random(batch: 7, steps: 5, seed: 3);
        _objective.Evaluate(terms);
        var (forward, backward, logZ) = (terms.ForwardGradient.ToArray(), terms.BackwardGradient.ToArray(), terms.LogZGradient.ToArray());
        for (var i = 0; i < 7 * 5; i++)
        {
            // Steps of 1/64 are exact in single precision, and the loss is quadratic: the difference quotient has no error of its own.
            Assert.Equal(Difference(terms, terms.LogForward, i), forward[i], 1e-4);
            Assert.Equal(Difference(terms, terms.LogBackward, i), backward[i], 1e-4);
        }

        for (var b = 0; b < 7; b++)
        {
            var at = terms.LogZ[b];
            terms.LogZ[b] = at + 0.01;
            var up = _objective.Evaluate(terms);
            terms.LogZ[b] = at - 0.01;
            var down = _objective.Evaluate(terms);
            terms.LogZ[b] = at;
            Assert.Equal((up - down) / 0.02, logZ[b], 1e-4);
        }
    }

    [Fact]
    public void BeyondItsReachALossIsALine()
    {
        // The residuals are -0.75 and 1.5; with a reach of 1 the second counts 2 * 1.5 - 1 = 2 in place of 2.25, and pulls like a residual of 1.
        var terms = new TrajectoryTerms(3, 2) { Count = 2 };
        Set(terms, 0, length: 2, beta: 0.5f, logZ: 2, logReward: 3, forward: [-1, -0.5f], backward: [-0.25f, 0]);
        Set(terms, 1, length: 1, beta: 2, logZ: 1, logReward: -1, forward: [-2, 99], backward: [-0.5f, 77]);

        Assert.Equal((0.75 * 0.75 + 2) / 2, new TrajectoryBalance(TrajectoryBalance.PlainName, reach: 1).Evaluate(terms), 1e-12);
        Assert.Equal([-0.75f, -0.75f, 1, 0], terms.ForwardGradient[..4]);
        Assert.Equal([-0.75f, 1], terms.LogZGradient[..2]);
    }

    [Fact]
    public void OldGradientsBeyondALengthAreCleared()
    {
        var terms = Random(batch: 4, steps: 3, seed: 5);
        Array.Fill(terms.ForwardGradient, 5);
        Array.Fill(terms.BackwardGradient, 5);
        Array.Fill(terms.Lengths, 1);
        _objective.Evaluate(terms);
        for (var b = 0; b < 4; b++)
        {
            Assert.NotEqual(0, terms.ForwardGradient[b * 3]);
            Assert.Equal([0, 0], terms.ForwardGradient[(b * 3 + 1)..(b * 3 + 3)]);
            Assert.Equal([0, 0], terms.BackwardGradient[(b * 3 + 1)..(b * 3 + 3)]);
        }
    }

    [Fact]
    public void ZeroResidualIsAMinimum()
    {
        var terms = new TrajectoryTerms(1, 1) { Count = 1 };
        Set(terms, 0, length: 1, beta: 1, logZ: 1.5, logReward: 1, forward: [-1], backward: [-0.5f]);
        Assert.Equal(0, _objective.Evaluate(terms));
        Assert.Equal(0, terms.ForwardGradient[0]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.PositiveInfinity)]
    public void NonFiniteTermsGiveANonFiniteLoss(float value)
    {
        var terms = Random(batch: 3, steps: 2, seed: 7);
        terms.LogForward[2] = value;
        Assert.False(double.IsFinite(_objective.Evaluate(terms)));
        Assert.False(float.IsFinite(terms.ForwardGradient[2]));
        Assert.True(float.IsFinite(terms.ForwardGradient[0]));
    }

    [Fact]
    public void HugeFiniteTermsStayHonest()
    {
        var terms = new TrajectoryTerms(1, 1) { Count = 1 };
        Set(terms, 0, length: 1, beta: 1, logZ: 1e200, logReward: 0, forward: [0], backward: [0]);
        Assert.Equal(double.PositiveInfinity, _objective.Evaluate(terms));
        Assert.Equal(float.PositiveInfinity, terms.LogZGradient[0]);
    }

    private double Difference(TrajectoryTerms terms, float[] values, int i)
    {
        var at = values[i];
        values[i] = at + 1 / 64f;
        var up = _objective.Evaluate(terms);
        values[i] = at - 1 / 64f;
        var down = _objective.Evaluate(terms);
        values[i] = at;
        return (up - down) * 32;
    }

    private static TrajectoryTerms Random(int batch, int steps, int seed)
    {
        var random = new System.Random(seed);
        var terms = new TrajectoryTerms(batch, steps) { Count = batch };
        for (var b = 0; b < batch; b++)
        {
            var forward = Enumerable.Range(0, steps).Select(_ => -random.Next(1, 256) / 64f).ToArray();
            var backward = Enumerable.Range(0, steps).Select(_ => -random.Next(1, 256) / 64f).ToArray();
            Set(terms, b, random.Next(1, steps + 1), (float)random.NextDouble() * 3, random.NextDouble() * 10, random.NextDouble() * 4 - 2, forward, backward);
        }

        return terms;
    }

    private static void Set(TrajectoryTerms terms, int b, int length, float beta, double logZ, double logReward, float[] forward, float[] backward)
    {
        (terms.Lengths[b], terms.Betas[b], terms.LogZ[b], terms.LogReward[b]) = (length, beta, logZ, logReward);
        forward.CopyTo(terms.LogForward, b * terms.MaxSteps);
        backward.CopyTo(terms.LogBackward, b * terms.MaxSteps);
    }
}
