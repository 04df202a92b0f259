using Tempera.Model.Modes;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Tempera.Model.Tests.Evaluation;
using Xunit;

namespace Tempera.Model.Tests.Modes;

public sealed class ModeRuleTests
{
    private static readonly PrependAppendSpace Space = new("ACG", 4);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NeighbourhoodModesAreThoseOfAFullScan(bool strict)
    {
        // Few distinct scores, so that plateaus occur.
        var (objects, found) = (Space.EnumerateObjects().ToArray(), 0);
        IModeRule rule = new NeighbourhoodModeRule(Space, new TestTasks.FunctionOracle(Score), 0.5, strict);
        foreach (var x in objects)
        {
            var expected = Score(x) >= 0.5 && objects.Where(y => Distance(x, y) == 1).All(y => strict ? Score(y) < Score(x) : Score(y) <= Score(x));
            Assert.Equal(expected, rule.IsMode(x, Score(x)));
            found += expected ? 1 : 0;
        }

        Assert.InRange(found, 1, objects.Length / 2);
    }

    [Fact]
    public void StrictModesAreFewerThanWeakOnes()
    {
        Assert.True(Count(strict: true) < Count(strict: false));

        int Count(bool strict) => Space.EnumerateObjects().Count(x => new NeighbourhoodModeRule(Space, new TestTasks.FunctionOracle(Score), 0.5, strict).IsMode(x, Score(x)));
    }

    [Fact]
    public void GreedyModesAreThoseOfAPassFromTheBestDown()
    {
        var accepted = new List<UInt128>();
        foreach (var x in Space.EnumerateObjects().Where(x => Score(x) >= 0.4).OrderByDescending(Score).ThenBy(Space.Format, StringComparer.Ordinal))
        {
            if (!accepted.Exists(y => Distance(x, y) <= 1))
            {
                accepted.Add(x);
            }
        }

        // Asked in an order that has nothing to do with the scores.
        var rule = new GreedyModeRule(Space, new TestTasks.FunctionOracle(Score), 0.4);
        Assert.Equal(accepted.Order(), Space.EnumerateObjects().Where(x => rule.IsMode(x, Score(x))).Order());
    }

    [Fact]
    public void ObjectsBelowTheThresholdCostNothing()
    {
        var oracle = new TestTasks.FunctionOracle(Score);
        Assert.False(new NeighbourhoodModeRule(Space, oracle, 0.5, true).IsMode(Space.EnumerateObjects().First(), 0.49));
        Assert.False(new NeighbourhoodModeRule(Space, oracle, 0.5, true).IsMode(Space.EnumerateObjects().First(), double.NaN));
        Assert.False(new GreedyModeRule(Space, oracle, 0.5).IsMode(Space.EnumerateObjects().First(), 0.49));
        Assert.Equal(0, oracle.Calls);
    }

    [Fact]
    public void DefinitionsNameTheirParameters()
    {
        var oracle = new TestTasks.FunctionOracle(Score);
        Assert.Equal("strict Hamming-1 local maxima with score at least 0.5", new NeighbourhoodModeRule(Space, oracle, 0.5, true).Definition);
        Assert.Equal("greedy by score at Hamming distance at least 2 with score at least 0.5", new GreedyModeRule(Space, oracle, 0.5).Definition);
        Assert.Equal(("paper", 336), (new NeighbourhoodModeRule(Space, oracle, 0.5, true, "paper", 336).Definition, new GreedyModeRule(Space, oracle, 0, null, 336).KnownCount));
    }

    private static double Score(UInt128 x) => ((ulong)PackedSequence.Letters(x) * 2654435761 % 1009 % 12) / 11.0;

    private static int Distance(UInt128 x, UInt128 y) => Space.Format(x).Zip(Space.Format(y)).Count(pair => pair.First != pair.Second);
}
