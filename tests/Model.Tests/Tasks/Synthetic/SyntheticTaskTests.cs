using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Synthetic;

/// <summary>What the synthetic tasks state about themselves, against enumeration.</summary>
public sealed class SyntheticTaskTests
{
    [Theory]
    [InlineData("hypergrid", "")]
    [InlineData("hypergrid", "dims=3,side=6")]
    [InlineData("hypergrid", "dims=1,side=16")]
    [InlineData("hypergrid", "dims=2,side=20,r0=0.0001,r1=0,r2=1")]
    [InlineData("bits", "")]
    [InlineData("bits", "bits=8")]
    [InlineData("bits", "bits=4,word=2")]
    [InlineData("bits", "bits=12,word=4,modes=20,exponent=3")]
    public void StatedFacts_AreThoseOfTheEnumeratedSpace(string name, string text)
    {
        var task = Create(name, text);
        var objects = task.Space.EnumerateObjects().ToArray();
        var scores = new double[objects.Length];
        task.Oracle.Score(objects, scores);
        var modes = objects.Select((terminal, i) => task.Modes!.IsMode(terminal, scores[i])).ToArray();
        var groups = scores.Zip(modes).GroupBy(pair => pair.First).OrderBy(group => group.Key).ToArray();

        Assert.Equal(modes.Count(mode => mode), task.Modes!.KnownCount);
        Assert.Equal(groups.Select(group => group.Key), task.Target!.Scores);
        Assert.Equal(groups.Select(group => group.LongCount()), task.Target.Counts);
        Assert.Equal(groups.Select(group => group.Count(pair => pair.Second)), task.Target.ModeCounts);
        Assert.Equal(Math.Log(task.Reward.MaxReward), task.Reward.LogReward(scores.Max()), 12);
        Assert.All(scores, score => Assert.Equal(task.Reward.Exponent * Math.Log(score), task.Reward.LogReward(score), 10));
    }

    [Fact]
    public void Hypergrid_HasFourPeaksOfTwoPointSix()
    {
        var task = Create("hypergrid", "");
        var scores = Scores(task, "1,1", "1,6", "6,1", "6,6", "0,0", "1,7", "3,3", "2,1");

        Assert.Equal([2.6, 2.6, 2.6, 2.6, 0.6, 0.6, 0.1, 0.1], scores);
        Assert.Equal(4, task.Modes!.KnownCount);
        Assert.Equal(Math.Log(2.6), task.Reward.LogReward(2.6), 12);
        Assert.Equal((64, 0.1, 10_000), (task.Defaults.Width, task.Defaults.Epsilon, task.Defaults.Rounds));
    }

    [Fact]
    public void Hypergrid_BoundsAreStrictWithoutRounding()
    {
        // Side 6: u = 0.5, 0.3, 0.1; side 11: u = 0.5, 0.4, 0.3, ...; side 5: u = 0.5, 0.25. None lies strictly inside a peak.
        Assert.Equal(0, Create("hypergrid", "side=6").Modes!.KnownCount);
        Assert.Equal(0, Create("hypergrid", "side=11").Modes!.KnownCount);
        Assert.Equal([0.1], Scores(Create("hypergrid", "dims=1,side=5"), "1"));
    }

    [Fact]
    public void LargeSpaces_StateNoTable()
    {
        Assert.Null(Create("hypergrid", "dims=15,side=256").Target);
        Assert.Null(Create("hypergrid", "dims=15,side=256").Modes!.KnownCount);
        Assert.Null(Create("bits", "bits=120,word=8,modes=60").Target);
        Assert.Equal(60, Create("bits", "bits=120,word=8,modes=60").Modes!.KnownCount);
    }

    [Fact]
    public void Bits_ScoreByDistanceToTheNearestMode()
    {
        var task = Create("bits", "bits=8");

        // All five words of eight bits are modes.
        Assert.Equal(5, task.Modes!.KnownCount);
        Assert.Equal([1, 1, 1, 1, 1], Scores(task, "00000000", "11111111", "11110000", "00001111", "00111100"));
        Assert.Equal([Math.Exp(-1 / 8.0), Math.Exp(-2 / 8.0)], Scores(task, "00000001", "00001010"));
        Assert.Equal((128, 0.01, 2000), (task.Defaults.Width, task.Defaults.Epsilon, task.Defaults.Rounds));
    }

    [Fact]
    public void Bits_ModesAreTheSameWhateverTheWordAndConcatenateWords()
    {
        var first = Modes(Create("bits", "bits=16,word=1"));

        Assert.Equal(first, Modes(Create("bits", "bits=16,word=8")));
        Assert.Equal(8, first.Count);
        Assert.All(first, text => Assert.Matches("^(00000000|11111111|11110000|00001111|00111100){2}$", text));
        Assert.All(Modes(Create("bits", "bits=12")), text => Assert.Matches("^(00000000|11111111|11110000|00001111|00111100)(0000|1111|0011)$", text));
    }

    private static List<string> Modes(DesignTask task) =>
        [.. task.Space.EnumerateObjects().Where(terminal => task.Modes!.IsMode(terminal, 0)).Select(task.Space.Format).Order(StringComparer.Ordinal)];

    private static double[] Scores(DesignTask task, params string[] texts)
    {
        var objects = texts.Select(text => task.Space.TryParse(text, out var terminal, out var error) ? terminal : throw new ArgumentException(error)).ToArray();
        var scores = new double[objects.Length];
        task.Oracle.Score(objects, scores);
        return scores;
    }

    private static DesignTask Create(string name, string text) => TaskCatalog.Create(
        name, text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]));
}
