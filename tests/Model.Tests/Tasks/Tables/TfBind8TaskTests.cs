using Tempera.Model.Evaluation;
using Tempera.Model.Modes;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Tables;

public sealed class TfBind8TaskTests
{
    [Fact]
    public void PaperModes_AreTheShippedList()
    {
        var task = TestData.Create("tfbind8");
        var shipped = new TestData().Rows("tfbind8/SIX6_REF_R1_modes.tsv").Select(row => row[0]).Order(StringComparer.Ordinal);

        Assert.Equal(328, task.Modes!.KnownCount);
        Assert.Equal(shipped, TestData.Modes(task, task.Space.EnumerateObjects()));
    }

    [Theory]
    [InlineData(1, 11.462147, 0.647258)]
    [InlineData(2, 12.662098, 0.770273)]
    [InlineData(3, 14.277609, 0.836948)]
    public void Target_IsThePublishedOne(double beta, double logZ, double mean)
    {
        var task = TestData.Create("tfbind8");
        var target = new TargetDistribution(task.Target!, task.Reward);

        Assert.Equal(logZ, target.LogZ(beta), 1e-6);
        Assert.Equal(mean, target.MeanScore(beta), 1e-6);
    }

    [Theory]
    [InlineData(0, 11.090, 0.4638, 204.5)]
    [InlineData(1, 11.462, 0.6473, 326.5)]
    [InlineData(3, 14.278, 0.8369, 328.0)]
    [InlineData(10, 28.392, 0.9481, 328.0)]
    [InlineData(1000, 2303.5, 1.0000, 3)]
    public void PerfectSampler_FindsThePublishedModes(double beta, double logZ, double mean, double modes)
    {
        var task = TestData.Create("tfbind8");
        var target = new TargetDistribution(task.Target!, task.Reward);

        Assert.Equal(logZ, target.LogZ(beta), beta < 1000 ? 5e-4 : 0.05);
        Assert.Equal(mean, target.MeanScore(beta), 5e-5);
        Assert.Equal(modes, new PerfectSampler(task.Target!, task.Reward, beta).ExpectedModes(64_000), 0.05);
    }

    [Theory]
    [InlineData(0, 45_426, 150_902)]
    [InlineData(1, 8_119, 27_161)]
    [InlineData(2, 3_314, 11_322)]
    [InlineData(3, 2_045, 7_235)]
    public void PerfectSampler_NeedsThePublishedDraws(double beta, double half, double most)
    {
        var task = TestData.Create("tfbind8");
        var sampler = new PerfectSampler(task.Target!, task.Reward, beta);

        Assert.Equal((half, most), (sampler.DrawsToModeShare(0.5)!.Value, sampler.DrawsToModeShare(0.9)!.Value));
    }

    // The list and the rules that decide about one object at a time are written independently.
    [Theory]
    [InlineData("local:1,1")]
    [InlineData("local:1,2")]
    [InlineData("cluster:2,2")]
    [InlineData("cluster:1,3")]
    public void OurModes_AreTheSameFromTheListAndOnTheFly(string modes)
    {
        var task = TestData.Create("tfbind8", ("modes", modes));
        var parts = modes.Split(':', ',');
        var choice = new ModeChoice(parts[0] == "local" ? ModeKind.Local : ModeKind.Cluster, double.Parse(parts[1]), double.Parse(parts[2]));
        var onTheFly = SequenceModes.OnTheFly(choice, task.Space, task.Oracle, task.Target!);

        var fromList = TestData.Modes(task, task.Space.EnumerateObjects());
        Assert.InRange(fromList.Length, 5, 600);
        Assert.Equal(fromList, TestData.Modes(task with { Modes = onTheFly }, task.Space.EnumerateObjects()));
        Assert.Equal(fromList.Length, task.Target!.ModeCounts.Sum());
        Assert.StartsWith(modes, task.Modes!.Definition);
        Assert.Equal(task.Modes.Definition, onTheFly.Definition);
    }

    [Fact]
    public void ScoresAreThoseOfBothStrands()
    {
        var task = TestData.Create("tfbind8");
        var objects = task.Space.EnumerateObjects().ToArray();
        var (scores, reverse) = (new double[objects.Length], new double[objects.Length]);
        task.Oracle.Score(objects, scores);
        task.Oracle.Score([.. objects.Select(terminal => TestData.Parse(task, ReverseComplement(task.Space.Format(terminal))))], reverse);

        Assert.Equal(scores, reverse);
        Assert.Equal((0, 1), (scores.Min(), scores.Max()));
    }

    private static string ReverseComplement(string strand) =>
        string.Concat(strand.Reverse().Select(letter => "TGCA"["ACGT".IndexOf(letter)]));
}
