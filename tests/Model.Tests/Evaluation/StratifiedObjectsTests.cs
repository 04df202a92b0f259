using Tempera.Model.Evaluation;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class StratifiedObjectsTests
{
    [Fact]
    public void RareRewardsWeighAsMuchAsCommonOnes()
    {
        // 990 objects of score 0.1, ten of score 1: twenty chosen hold all ten.
        var task = TestTasks.Create(new AppendSpace("01", 10), x => x < 990 ? 0.1 : 1);
        var (objects, scores) = StratifiedObjects.Select(task, [.. Enumerable.Range(0, 1000).Select(i => (UInt128)i)], 20);
        Assert.Equal(10, scores.Count(score => score == 1));
        Assert.Equal(scores, objects.Select(x => x < 990 ? 0.1 : 1));
        Assert.Equal(20, objects.Distinct().Count());
    }

    [Fact]
    public void EqualRewardsAndFewCandidatesAreAllTaken()
    {
        var task = TestTasks.Create(new AppendSpace("01", 10), _ => 1);
        Assert.Equal([5, 6, 7], StratifiedObjects.Select(task, [5, 6, 7], 20).Objects);
        Assert.Empty(StratifiedObjects.Select(task, [], 20).Objects);
    }

    [Fact]
    public void WalksGiveDistinctTerminalObjectsAndFollowTheSeed()
    {
        var space = new PrependAppendSpace("ACGU", 6);
        var task = TestTasks.Create(space, x => (double)(x % 97 + 1) / 97);
        var (objects, _) = StratifiedObjects.Draw(task, 100, 3);
        Assert.Equal(100, objects.Distinct().Count());
        Assert.All(objects, x => Assert.True(space.IsTerminal(x)));
        Assert.Equal(objects, StratifiedObjects.Draw(task, 100, 3).Objects);
        Assert.NotEqual(objects, StratifiedObjects.Draw(task, 100, 4).Objects);
    }
}
