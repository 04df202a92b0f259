using Tempera.Model.Evaluation;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Molecules;

public sealed class Qm9StrTaskTests
{
    [Fact]
    public void PaperModes_AreTheShippedList()
    {
        var task = TestData.Create("qm9str");
        var shipped = new TestData().Rows("qm9str/modes.tsv").Select(row => row[0]).Order(StringComparer.Ordinal);

        Assert.Equal(364, task.Modes!.KnownCount);
        Assert.Equal(shipped, TestData.Modes(task, task.Space.EnumerateObjects()));
        Assert.False(task.Modes.IsMode(TestData.Parse(task, "11111"), task.Reward.MaxScore));
    }

    [Theory]
    [InlineData(0, 11.989, 0, 119.4)]
    [InlineData(1, 11.926702, 7.623733, 314.6)]
    [InlineData(2, 12.635791, 8.737539, double.NaN)]
    [InlineData(3, 14.592032, 13.670674, 336.8)]
    [InlineData(10, 46.05, 0, 0)]
    public void Target_IsThePublishedOne(double beta, double logZ, double mean, double modes)
    {
        var task = TestData.Create("qm9str");
        var target = new TargetDistribution(task.Target!, task.Reward);

        Assert.Equal(logZ, target.LogZ(beta), beta is >= 1 and <= 3 ? 1e-6 : 5e-3);
        Assert.Equal(mean == 0 ? target.MeanScore(beta) : mean, target.MeanScore(beta), 1e-5);
        if (!double.IsNaN(modes))
        {
            Assert.Equal(modes, new PerfectSampler(task.Target!, task.Reward, beta).ExpectedModes(64_000), 0.06);
        }
    }

    [Fact]
    public void BetasOfARun_ReachThePublishedModes()
    {
        var task = TestData.Create("qm9str");
        var betas = Enumerable.Range(0, 200).Select(i => 1 + (i + 0.5) / 100).ToArray();

        // 352.3 was counted in a simulation; the expectation itself is 352.9.
        Assert.Equal(352.9, new PerfectSampler(task.Target!, task.Reward, betas).ExpectedModes(64_000), 0.05);
    }

    [Theory]
    [InlineData("local:0.5,0.5")]
    [InlineData("cluster:0.5,0.5")]
    public void OurModes_CountTheGlobalMaximum(string modes)
    {
        var task = TestData.Create("qm9str", ("modes", modes));

        Assert.InRange(task.Modes!.KnownCount!.Value, 20, 400);
        Assert.True(task.Modes.IsMode(TestData.Parse(task, "11111"), task.Reward.MaxScore));
        Assert.Equal(task.Modes.KnownCount, task.Target!.ModeCounts.Sum());
    }
}
