using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Data;

public sealed class OfflineDataTests
{
    [Fact]
    public void HalfOfAnEnumerableSpaceAndTies()
    {
        var grid = TaskCatalog.Create("hypergrid", new Dictionary<string, string> { ["side"] = "4" });
        var all = grid.Space.EnumerateObjects().Select(terminal => Score(grid, terminal)).Order().ToArray();
        var (objects, scores) = OfflineData.Of(grid, 0);
        var median = (all[7] + all[8]) / 2;

        Assert.Equal(all.Count(score => score <= median), objects.Length);
        Assert.All(objects.Zip(scores), pair => Assert.Equal(Score(grid, pair.First), pair.Second));
        Assert.All(scores, score => Assert.True(score <= median));
    }

    [Fact]
    public void TheWorstTenthOfUniformDrawsFromALargeSpace()
    {
        var rna = TaskCatalog.Create("rna1", new Dictionary<string, string>());
        var (objects, scores) = OfflineData.Of(rna, 0);

        Assert.InRange(objects.Length, 9_900, 15_000);
        Assert.Equal(objects.Length, objects.Distinct().Count());
        Assert.Equal(objects, OfflineData.Of(rna, 0).Objects);
        Assert.True(OfflineData.Of(rna, 0.5).Scores.Max() > scores.Max());
    }

    [Fact]
    public void TheLowerHalfOfTfBind8()
    {
        var (objects, scores) = OfflineData.Of(TestData.Create("tfbind8"), 0);

        Assert.Equal((32_768, 0.4393), (objects.Length, Math.Round(scores.Max(), 4)));
    }

    private static double Score(DesignTask task, UInt128 terminal)
    {
        var score = new double[1];
        task.Oracle.Score([terminal], score);
        return score[0];
    }
}
