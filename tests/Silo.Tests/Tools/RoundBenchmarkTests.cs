using Tempera.Contracts.Errors;
using Tempera.Silo.Tools;
using Tempera.Silo.Tools.Benchmarking;

using Xunit;

namespace Tempera.Silo.Tests.Tools;

public sealed class RoundBenchmarkTests
{
    private static readonly Dictionary<string, string> Small = new() { ["width"] = "16", ["batch"] = "8", ["replay_batch"] = "8" };

    [Fact]
    public void Measures_rounds_of_the_tfbind8_shape_without_data()
    {
        var result = RoundBenchmark.Run(new RoundBenchmarkOptions { Task = "tfbind8", Settings = Small, Rounds = 20, WarmUp = 5 });

        Assert.Equal(("tfbind8", 1, 8, 16, "ssr", 20), (result.Task, result.Threads, result.Batch, result.Width, result.Parametrization, result.Rounds));
        Assert.True(result is { CpuMsPerRound: > 0, WallMsPerRound: > 0, GflopPerRound: > 0, PeakGflops: > 0, AllocatedBytesPerRound: >= 0 });
        Assert.Equal(result.GflopPerRound / (result.CpuMsPerRound / 1e3) / result.PeakGflops, result.ShareOfPeak, 12);
        Assert.InRange(result.UniqueObjects, 1, 25 * 8);
        Assert.Null(result.Grains);
    }

    [Fact]
    public void Counts_the_same_work_whenever_the_same_rounds_are_run()
    {
        var options = new RoundBenchmarkOptions { Task = "tfbind8", Settings = Small, Rounds = 20, WarmUp = 5, Seed = 3 };

        var (first, second) = (RoundBenchmark.Run(options), RoundBenchmark.Run(options));

        Assert.Equal(first.GflopPerRound, second.GflopPerRound);
        Assert.Equal(first.UniqueObjects, second.UniqueObjects);
    }

    [Fact]
    public void A_method_without_a_policy_has_no_round_to_time()
    {
        var options = new RoundBenchmarkOptions { Task = "bits", Settings = new Dictionary<string, string> { ["method"] = "ga" }, Rounds = 20, WarmUp = 5 };

        var error = Assert.Throws<TemperaException>(() => RoundBenchmark.Run(options));

        Assert.Equal(TemperaError.InvalidSetting, error.Code);
        Assert.Contains("method=ga", error.Message);
    }

    [Fact]
    public void Compares_with_rounds_through_the_grains()
    {
        var result = RoundBenchmark.Run(new RoundBenchmarkOptions
        {
            Task = "tfbind8",
            Settings = Small,
            Rounds = 10,
            WarmUp = 5,
            ThroughGrains = true,
            Pairs = 2,
        });

        Assert.True(result.Grains is { Pairs: 2, RoundsPerBlock: 10, DirectWallMsPerRound: > 0, GrainsWallMsPerRound: > 0, WallRatio: > 0 });
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 0, 51)]
    public void Refuses_numbers_out_of_range(int rounds, int warmUp, int pairs)
    {
        var options = new RoundBenchmarkOptions { Task = "tfbind8", Rounds = rounds, WarmUp = warmUp, Pairs = pairs };

        Assert.Equal(TemperaError.InvalidSetting, Assert.Throws<TemperaException>(() => RoundBenchmark.Run(options)).Code);
    }

    [Fact]
    public void Hash_scores_lie_above_0_and_up_to_1_and_differ()
    {
        UInt128[] objects = [.. Enumerable.Range(0, 1000).Select(static i => (UInt128)i)];
        var scores = new double[objects.Length];

        new HashOracle().Score(objects, scores);

        Assert.All(scores, static score => Assert.InRange(score, double.Epsilon, 1));
        Assert.Equal(scores.Length, scores.Distinct().Count());
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 3.0, 1, 100 }, 3)]
    [InlineData(new[] { 4.0, 1, 100, 2 }, 3)]
    public void The_median_is_the_middle(double[] values, double median) => Assert.Equal(median, Statistics.Median(values));
}
