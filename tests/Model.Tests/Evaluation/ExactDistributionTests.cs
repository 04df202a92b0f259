using Tempera.Model.Evaluation;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class ExactDistributionTests
{
    public static TheoryData<IDesignSpace> Spaces => [new PrependAppendSpace("ACG", 4), new PrependAppendSpace("AB", 5), new AppendSpace("01", 6), new HypergridSpace(2, 4), new HypergridSpace(3, 3)];

    [Fact]
    public void UniformPolicyOnABinaryStringOfTwoLetters()
    {
        // Root -> A or B, half each. From A: AA, AB, BA; so p(AA) = p(BB) = 1/6 and p(AB) = p(BA) = 1/6 + 1/6.
        var space = new PrependAppendSpace("AB", 2);
        var exact = new ExactDistribution(space);
        var logP = exact.LogProbabilities(TabularEngine.Uniform(space), 1);
        Assert.Equal(4, logP.Length);
        foreach (var (text, expected) in new[] { ("AA", 1 / 6.0), ("AB", 1 / 3.0), ("BA", 1 / 3.0), ("BB", 1 / 6.0) })
        {
            Assert.True(space.TryParse(text, out var terminal, out _));
            Assert.Equal(expected, Math.Exp(logP[exact.IndexOf(terminal)]), 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void AgreesWithTheSumOverAllTrajectories(IDesignSpace space)
    {
        var engine = new TabularEngine(space, TabularEngine.Rough(1.5), TabularEngine.Rough(1), _ => 0);
        var exact = new ExactDistribution(space);
        var logP = exact.LogProbabilities(engine, 1.25f);
        var sums = new double[logP.Length];
        foreach (var path in TestTasks.Trajectories(space, [space.Root]))
        {
            var product = 0.0;
            for (var t = 0; t + 1 < path.Length; t++)
            {
                product += engine.Children(path[t], 1.25f, out var children)[Array.IndexOf(children, path[t + 1])];
            }

            sums[exact.IndexOf(path[^1])] += Math.Exp(product);
        }

        Assert.Equal(1, sums.Sum(), 1e-12);
        Assert.All(sums.Zip(logP), pair => Assert.Equal(pair.First, Math.Exp(pair.Second), pair.First * 1e-5));
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void HoldsEveryObjectOnceAndSumsToOne(IDesignSpace space)
    {
        var exact = new ExactDistribution(space);
        Assert.Equal(space.EnumerateObjects().Order(), exact.Objects.ToArray().Order());
        var logP = exact.LogProbabilities(new TabularEngine(space, TabularEngine.Rough(8), TabularEngine.Rough(1), _ => 0), 2);
        Assert.Equal(1, logP.Sum(Math.Exp), 1e-10);
        Assert.Equal(-1, exact.IndexOf(space.Root));
    }

    [Fact]
    public void ProbabilitiesBelowTheSmallestDoubleKeepTheirLogarithm()
    {
        // Each of 12 letters is B with probability 1 / (1 + e^80): log p(B...B) = -960, and e^-960 is no double.
        var (space, deep) = (new AppendSpace("AB", 12), 80.0);
        var engine = new TabularEngine(
            space, (parent, child, _) => PackedSequence.Symbol(child, PackedSequence.Length(parent), 1) == 1 ? 0 : deep, (_, _, _) => 0, _ => 0);
        var exact = new ExactDistribution(space);
        var logP = exact.LogProbabilities(engine, 1);
        Assert.True(space.TryParse("BBBBBBBBBBBB", out var terminal, out _));
        Assert.Equal(-12 * deep, logP[exact.IndexOf(terminal)], 1e-3);
    }

    [Fact]
    public void ABrokenPolicyIsRefused()
    {
        var space = new AppendSpace("AB", 3);
        var exact = new ExactDistribution(space);
        var exception = Assert.Throws<InvalidOperationException>(
            () => exact.LogProbabilities(new TabularEngine(space, (_, _, _) => double.NaN, (_, _, _) => 0, _ => 0), 1));
        Assert.Contains("must sum to one; at beta 1 they sum to NaN", exception.Message);
    }

    [Fact]
    public void HugeSpacesAreRefused()
    {
        var space = new PrependAppendSpace("ACGU", 14);
        Assert.False(ExactDistribution.CanEnumerate(space));
        Assert.True(ExactDistribution.CanEnumerate(new PrependAppendSpace("ACGT", 8)));
        Assert.True(ExactDistribution.CanEnumerate(new PrependAppendSpace("0123456789a", 5)));
        Assert.Contains("has 268,435,456 objects. Use estimates", Assert.Throws<ArgumentException>(() => new ExactDistribution(space)).Message);
    }
}
