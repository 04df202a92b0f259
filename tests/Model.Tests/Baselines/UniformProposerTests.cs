using Tempera.Model.Baselines;
using Tempera.Model.Random;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Baselines;

public sealed class UniformProposerTests
{
    [Fact]
    public void EveryObjectHasTheSameProbability()
    {
        // A walk of uniform steps would not do: runs such as AAA have fewer paths.
        var space = new PrependAppendSpace("ABC", 3);
        var objects = new UInt128[27_000];
        new UniformProposer(space).Propose(new RandomStreams(1).At("test", 1), objects);
        var counts = objects.CountBy(terminal => terminal).ToDictionary();
        Assert.Equal(27, counts.Count);

        // Chi-square with 26 degrees of freedom: 54.1 is exceeded once in a thousand.
        Assert.InRange(counts.Values.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000), 5, 54.1);
    }
}
