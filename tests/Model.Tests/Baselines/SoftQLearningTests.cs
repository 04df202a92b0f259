using Tempera.Model.Baselines;
using Tempera.Model.Engines;
using Xunit;

namespace Tempera.Model.Tests.Baselines;

public sealed class SoftQLearningTests
{
    [Fact]
    public void WorkedExample()
    {
        // r_0 = 3 - 0.5 - 6 = -3.5, r_1 = 6 - 1 - 4 = 1, each over two steps; the next state's value is a constant.
        var terms = new TrajectoryTerms(1, 2, TermParts.Flows) { Count = 1 };
        (terms.Lengths[0], terms.Betas[0], terms.LogReward[0], terms.LogZ[0], terms.LogFlow[1]) = (2, 2, 2, 3, 6);
        (terms.LogForward[0], terms.LogForward[1]) = (-1, -2);
        Assert.Equal((3.5 * 3.5 + 1) / 2, new SoftQLearning(0.5).Evaluate(terms), 1e-12);
        Assert.Equal([-1.75f, 0.5f], terms.ForwardGradient);
        Assert.Equal([-3.5f], terms.LogZGradient);
        Assert.Equal([0f, 1, 0], terms.FlowGradient);
        Assert.Equal([0f, 0], terms.BackwardGradient);
    }
}
