using Tempera.Model.Evaluation;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class PolicySamplerTests
{
    [Fact]
    public void SamplesFollowTheirExactProbabilities()
    {
        var space = new PrependAppendSpace("AC", 3);
        var engine = new TabularEngine(space, TabularEngine.Rough(1), TabularEngine.Rough(1), _ => 0);
        var sample = new PolicySampler(space).Sample(engine, 1, 20_000, 1);
        Assert.True(sample.Exact);

        // Chi-square over 8 objects, 7 degrees of freedom: 18.5 is its 99 % point.
        var chiSquare = sample.Objects.Zip(sample.LogProbabilities).GroupBy(pair => pair).Sum(group =>
        {
            var expected = 20_000 * Math.Exp(group.Key.Second);
            return (group.Count() - expected) * (group.Count() - expected) / expected;
        });
        Assert.InRange(chiSquare, 0, 18.5);
    }

    [Fact]
    public void LargeSpacesGetImportanceEstimatesAnObject()
    {
        // Under the uniform policy a tree's every object has p = 2^-20, and its only backward trajectory makes the estimate exact.
        var space = new AppendSpace("01", 20);
        var sample = new PolicySampler(space).Sample(TabularEngine.Uniform(space), 1, 300, 1);
        Assert.False(sample.Exact);
        Assert.All(sample.LogProbabilities, logP => Assert.Equal(-20 * Math.Log(2), logP, 1e-5));
    }

    [Fact]
    public void TheSameSeedGivesTheSameSample()
    {
        var space = new PrependAppendSpace("ACG", 4);
        var (engine, sampler) = (TabularEngine.Uniform(space), new PolicySampler(space));
        var first = sampler.Sample(engine, 2, 600, 7);
        Assert.Equal(first.Objects, new PolicySampler(space).Sample(engine, 2, 600, 7).Objects);
        Assert.Equal(first.LogProbabilities, sampler.Sample(engine, 2, 600, 7).LogProbabilities);
        Assert.NotEqual(first.Objects, sampler.Sample(engine, 2, 600, 8).Objects);
        Assert.NotEqual(first.Objects[..256], first.Objects[256..512]);
    }

    [Theory]
    [InlineData(0f, 10)]
    [InlineData(-1f, 10)]
    [InlineData(float.NaN, 10)]
    [InlineData(float.PositiveInfinity, 10)]
    [InlineData(1f, 0)]
    [InlineData(1f, 1_000_001)]
    public void SenselessRequestsAreRefused(float beta, int count)
    {
        var space = new AppendSpace("01", 3);
        Assert.Throws<ArgumentException>(() => new PolicySampler(space).Sample(TabularEngine.Uniform(space), beta, count, 1));
    }
}
