using Tempera.Model.Baselines;
using Tempera.Model.Random;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Baselines;

public sealed class UnseenProposerTests
{
    private static readonly PrependAppendSpace Space = new("ABC", 4);

    [Fact]
    public void ProposesEveryObjectOnce()
    {
        var unseen = new UnseenProposer(Space);
        var all = new HashSet<UInt128>();
        for (var round = 1; round <= 10; round++)
        {
            var objects = Round(unseen, round, 8);
            Assert.All(objects, terminal => Assert.True(all.Add(terminal), $"{Space.Format(terminal)} was proposed before"));
        }

        // One of 81 is left; a batch of two takes it and repeats another.
        Assert.Equal(81, all.Union(Round(unseen, 11, 2)).Count());
        Assert.Equal(2, Round(unseen, 12, 2).Count(all.Union(Space.EnumerateObjects()).Contains));
    }

    [Fact]
    public void LeavesOutWhatOthersProposed()
    {
        var unseen = new UnseenProposer(Space);
        var others = Space.EnumerateObjects().Take(60).ToList();
        others.ForEach(terminal => unseen.Observe(terminal, 0));

        Assert.Empty(Round(unseen, 1, 10).Intersect(others));
    }

    [Fact]
    public void GoesOnFromWhatItCaptured()
    {
        var unseen = new UnseenProposer(Space);
        Round(unseen, 1, 40);
        var restored = new UnseenProposer(Space);
        restored.Restore(unseen.Capture());

        Assert.Equal(Round(unseen, 2, 20), Round(restored, 2, 20));
    }

    [Fact]
    public void EveryUnseenObjectHasTheSameProbability()
    {
        var space = new PrependAppendSpace("AB", 3);
        var unseen = new UnseenProposer(space);
        unseen.Observe(space.EnumerateObjects().First(), 0);
        var one = new UInt128[1];
        var counts = new Dictionary<UInt128, int>();
        for (var round = 1; round <= 7_000; round++)
        {
            unseen.Propose(new RandomStreams(1).At("test", round), one);
            counts[one[0]] = counts.GetValueOrDefault(one[0]) + 1;
        }

        // Chi-square with 6 degrees of freedom: 22.5 is exceeded once in a thousand.
        Assert.Equal(7, counts.Count);
        Assert.InRange(counts.Values.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000), 0.3, 22.5);
    }

    private static UInt128[] Round(UnseenProposer unseen, int round, int count)
    {
        var objects = new UInt128[count];
        unseen.Propose(new RandomStreams(3).At("test", round), objects);
        unseen.Learn(default, objects, new float[count], new double[count]);
        return objects;
    }
}
