using Tempera.Model.Evaluation;
using Tempera.Model.Oracles.Trees;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks.Molecules;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Molecules;

public sealed class SehStrTaskTests
{
    [Fact]
    public void PaperModes_AreTheShippedList()
    {
        var task = TestData.Create("sehstr");
        var data = new TestData();
        var shipped = data.Rows("sehstr/modes.tsv").Select(row => row[0]).Order(StringComparer.Ordinal);

        Assert.Equal(159, task.Modes!.KnownCount);
        Assert.Equal(shipped, TestData.Modes(task, data.Rows("sehstr/top_0.05pct.tsv.gz").Select(row => TestData.Parse(task, row[0]))));
        Assert.False(task.Modes.IsMode(TestData.Parse(task, "ag550c"), task.Reward.MaxScore));
    }

    [Theory]
    [InlineData(1, 17.552394, 5.392750)]
    [InlineData(2, 18.450316, 5.769322)]
    [InlineData(3, 19.672627, 6.004276)]
    public void Target_IsThePublishedOne(double beta, double logZ, double mean)
    {
        var task = TestData.Create("sehstr");
        var target = new TargetDistribution(task.Target!, task.Reward);

        Assert.Equal(logZ, target.LogZ(beta), 2e-5);
        Assert.Equal(mean, target.MeanScore(beta), 2e-5);
        Assert.Equal(159, task.Target!.ModeCounts.Sum());
    }

    [Theory]
    [InlineData("local:0.005,0.5")]
    [InlineData("cluster:0.05,0.5")]
    public void OurModes_CountTheGlobalMaximum(string modes)
    {
        var task = TestData.Create("sehstr", ("modes", modes));

        Assert.InRange(task.Modes!.KnownCount!.Value, 2, 400);
        Assert.True(task.Modes.IsMode(TestData.Parse(task, "ag550c"), task.Reward.MaxScore));
    }

    // All 34 million strings: what the task takes from the list of the best and from the kept landscape is so.
    [Fact]
    public void Landscape_AndTheBest_AreThoseOfTheWholeSpace()
    {
        var task = TestData.Create("sehstr");
        var data = new TestData();
        var (threshold, found) = (6.698860851400428, new List<(UInt128 Object, double Score)>());
        var counted = new BoostedTreesEnumeration((BoostedTreesOracle)task.Oracle, 6, 18).Count(Environment.ProcessorCount, (symbols, score) =>
        {
            if (score >= threshold)
            {
                lock (found)
                {
                    found.Add((PackedSequence.Create(symbols, 5), score));
                }
            }
        });

        var kept = ScoreLandscape.Load("sehstr");
        Assert.Equal(34_012_224, counted.Counts.Sum());
        Assert.Equal(kept.Counts, counted.Counts);
        Assert.All(kept.Scores.Zip(counted.Scores), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal(
            data.Rows("sehstr/top_0.05pct.tsv.gz").Select(row => (row[0], double.Parse(row[1]))).Order(),
            found.Select(item => (task.Space.Format(item.Object), item.Score)).Order());
    }
}
