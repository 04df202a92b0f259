using Tempera.Silo.Tools;

using Xunit;

namespace Tempera.Silo.Tests.Tools;

public sealed class TargetToolsTests
{
    private static readonly Dictionary<string, string> None = [];

    // 8x8 corner reward: 48 cells of 0.1, 12 of 0.6 and 4 of 2.6.
    [Fact]
    public void Knows_the_target_of_the_hypergrid_exactly()
    {
        var target = TargetTools.Describe("hypergrid", None)!;

        Assert.Equal([48, 12, 4], target.Counts);
        Assert.Equal([0, 0, 4], target.ModeCounts);
        Assert.Equal(Math.Log(48 * 0.1 + 12 * 0.6 + 4 * 2.6), target.LogZ(1), 10);
        Assert.Equal(Math.Log(48 * 0.01 + 12 * 0.36 + 4 * 6.76), target.LogZ(2), 10);
        Assert.Equal((48 * 0.01 + 12 * 0.36 + 4 * 6.76) / 22.4, target.MeanScore(1), 10);
        Assert.Equal(1, target.Probabilities(2).Sum(), 12);
        Assert.Equal(10.4 / 22.4, target.Probabilities(1)[2], 12);
    }

    [Fact]
    public void One_draw_finds_one_object_and_its_share_of_modes()
    {
        var target = TargetTools.Describe("hypergrid", None)!;

        var found = target.PerfectSampler(1, 1, [0, 1, 1e9]);

        Assert.Equal(new PerfectSample(0, 0, 0), found[0]);
        Assert.Equal(1, found[1].UniqueObjects, 10);
        Assert.Equal(10.4 / 22.4, found[1].Modes, 10);
        Assert.Equal(64, found[2].UniqueObjects, 6);
        Assert.Equal(4, found[2].Modes, 6);
    }

    [Fact]
    public void A_range_of_betas_mixes_their_targets()
    {
        var target = TargetTools.Describe("hypergrid", None)!;
        var expected = Enumerable.Range(0, 10_000).Average(i => target.Probabilities(1 + 2 * (i + 0.5) / 10_000)[2]);

        var found = target.PerfectSampler(1, 3, [1]);

        Assert.Equal(expected, found[0].Modes, 4);
    }
}
