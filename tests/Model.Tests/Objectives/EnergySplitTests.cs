using Tempera.Model.Engines;
using Tempera.Model.Objectives;
using Xunit;

namespace Tempera.Model.Tests.Objectives;

/// <summary>Splits of the energy move flow between what is known and what is learned; the balance itself stays.</summary>
public sealed class EnergySplitTests
{
    [Fact]
    public void ForwardLookingFlowsAreFlowsThatStartFromThePartialReward()
    {
        var split = new DetailedBalance("fl-db", new PartialEnergy());
        var (terms, plain) = (RandomTerms.Create(split.Parts), RandomTerms.Create(split.Parts));
        for (var i = 0; i < plain.LogFlow.Length; i++)
        {
            plain.LogFlow[i] += plain.Betas[i / (plain.MaxSteps + 1)] * plain.PartialLogReward[i];
        }

        Assert.Equal(new DetailedBalance().Evaluate(plain), split.Evaluate(terms), 1e-9);
        Assert.Equal(plain.FlowGradient, terms.FlowGradient);
    }

    [Fact]
    public void PotentialsOfATrajectoryAlwaysAddUpToItsLogReward()
    {
        // With one potential too large by 1, the correction takes 1/3 from each of three steps: e = 0 + ..., at beta 2.
        var terms = new TrajectoryTerms(1, 3, TermParts.Flows | TermParts.Potentials) { Count = 1 };
        (terms.Lengths[0], terms.Betas[0], terms.LogReward[0]) = (3, 2, 3);
        new float[] { 2, 1, 1 }.CopyTo(terms.Potential, 0);
        var flows = new double[4];
        new LearnedEnergy().AddTo(flows, terms, 0);
        Assert.Equal(0, flows[0]);
        Assert.Equal(2 * (2 - 1 / 3.0), flows[1], 1e-6);
        Assert.Equal(2 * (3 - 2 / 3.0), flows[2], 1e-6);
        Assert.Equal(0, flows[3]);
    }

    [Fact]
    public void ThePotentialGradientIsThatOfThePotentialLoss()
    {
        var split = new LearnedEnergy();
        var terms = RandomTerms.Create(TermParts.Potentials);
        split.Learn(terms);
        var gradient = terms.PotentialGradient.ToArray();
        for (var i = 0; i < gradient.Length; i++)
        {
            var at = i;
            Assert.Equal(RandomTerms.Difference(() => split.Learn(terms), step => terms.Potential[at] += (float)step, 1 / 64.0), gradient[i], 2e-4);
        }
    }

    [Fact]
    public void FlowsSeeThePotentialsAsConstants()
    {
        var objective = new SubTrajectoryBalance("led-subtb", 0.9, SubTrajectoryWeighting.GeometricWithin, new LearnedEnergy());
        var terms = RandomTerms.Create(objective.Parts);
        objective.Evaluate(terms);
        var gradient = terms.PotentialGradient.ToArray();
        new LearnedEnergy().Learn(terms);
        Assert.Equal(gradient, terms.PotentialGradient);
    }
}
