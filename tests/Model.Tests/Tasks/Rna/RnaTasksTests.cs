using Tempera.Model.Tasks.Rna;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Rna;

public sealed class RnaTasksTests
{
    [Fact]
    public void TasksAreListedInOrder() => Assert.Equal(["rna1", "rna2", "rna3"], RnaTasks.Names);

    [Theory]
    [InlineData("rna1", 1.0545394800017345, 336)]
    [InlineData("rna2", 1.0147456069991885, 161)]
    [InlineData("rna3", 1.11648554893027, 475)]
    public void TasksAreScaledToTheirBestStrand(string name, double best, int modes)
    {
        var task = RnaTasks.Create(name);
        Assert.Equal(name, task.Name);
        Assert.Equal((8, 10, 0.001), (task.Reward.Exponent, task.Reward.MaxReward, task.Reward.Floor));
        Assert.Equal(best, task.Reward.MaxScore);
        Assert.Equal(best, task.Target!.Scores[^1]);
        Assert.Equal(modes, task.Modes!.KnownCount);
        Assert.Equal((5000, 128, 0.01), (task.Defaults.Rounds, task.Defaults.Width, task.Defaults.Epsilon));
        Assert.Equal(14 * Math.Log(4), task.Space.LogObjectCount, 12);
        Assert.Equal("fasta", task.ObjectFile);
    }

    [Fact]
    public void AnUnknownTaskIsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => RnaTasks.Create("rna4"));
        Assert.Contains("rna1, rna2, rna3", error.Message, StringComparison.Ordinal);
    }

    // Published figures of rna1: log of the sum of R(x)^beta and the expected raw score.
    [Theory]
    [InlineData(1, 14.259214, 0.547154)]
    [InlineData(2, 12.327183, 0.712825)]
    [InlineData(3, 12.122757, 0.839910)]
    public void StatisticsGiveThePublishedPartitionFunction(double beta, double logZ, double meanScore)
    {
        var task = RnaTasks.Create("rna1");
        var target = task.Target!;
        Assert.Equal(target.Scores.Order(), target.Scores);
        var terms = target.Scores.Zip(target.Counts, (score, count) => Math.Log(count) + beta * task.Reward.LogReward(score)).ToList();
        var largest = terms.Max();
        var sum = terms.Sum(term => Math.Exp(term - largest));
        var mean = target.Scores.Zip(terms, (score, term) => score * Math.Exp(term - largest)).Sum() / sum;
        Assert.Equal(logZ, largest + Math.Log(sum), 1e-5);
        Assert.Equal(meanScore, mean, 1e-5);
    }
}
