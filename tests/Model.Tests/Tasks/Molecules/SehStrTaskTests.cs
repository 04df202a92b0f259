using System.Text.Json;
using Tempera.Model.Evaluation;
using Tempera.Model.Oracles.Trees;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks.Data;
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

    // Two of the eighteen first blocks: 3.8 million strings.
    [Fact]
    public void TheBestStrings_AreThoseThatEnumerationFinds()
    {
        const int a = 10, three = 3;
        const double threshold = 6.698860851400428;
        var (task, found) = (TestData.Create("sehstr"), new List<(string Text, double Score)>());
        var counted = new BoostedTreesEnumeration((BoostedTreesOracle)task.Oracle, 6, 18).Count(Environment.ProcessorCount, (symbols, score) =>
        {
            if (score >= threshold)
            {
                lock (found)
                {
                    found.Add((task.Space.Format(PackedSequence.Create(symbols, 5)), score));
                }
            }
        }, [a, three]);

        Assert.Equal(2 * 18 * 18 * 18 * 18 * 18, counted.Counts.Sum());
        Assert.Equal(
            new TestData().Rows("sehstr/top_0.05pct.tsv.gz").Where(row => row[0][0] is 'a' or '3').Select(row => (row[0], double.Parse(row[1]))).Order(),
            found.Order());
    }

    [Fact]
    public void TheKeptLandscape_HasThePublishedHistogram()
    {
        var kept = ScoreLandscape.Load("sehstr");
        using var published = JsonDocument.Parse(TaskFile.Read(TestData.OrSkip("sehstr"), "sehstr/score_distribution.json").Content);
        var histogram = published.RootElement.GetProperty("histogram");
        var lowest = (int)Math.Round(histogram.GetProperty("edges")[0].GetDouble() / 0.05);
        var counts = new long[histogram.GetProperty("counts").GetArrayLength()];
        for (var i = 0; i < kept.Scores.Count; i++)
        {
            counts[(int)Math.Floor(kept.Scores[i] / 0.05) - lowest] += kept.Counts[i];
        }

        Assert.Equal(34_012_224, kept.Counts.Sum());
        Assert.Equal(histogram.GetProperty("counts").EnumerateArray().Select(count => count.GetInt64()), counts);
        Assert.Equal(published.RootElement.GetProperty("mean").GetDouble(), kept.Scores.Zip(kept.Counts, (score, count) => score * count).Sum() / kept.Counts.Sum(), 1e-9);
    }
}
