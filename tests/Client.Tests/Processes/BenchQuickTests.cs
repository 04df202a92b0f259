using System.Text.Json.Nodes;

using Tempera.Client.Benchmarking;
using Tempera.Client.CommandLine;
using Tempera.Client.Tests.Fakes;

using Xunit;

namespace Tempera.Client.Tests.Processes;

/// <summary>The quick version of every suite, with the real engine.</summary>
public sealed class BenchQuickTests : IDisposable
{
    private readonly TestCommandLine _folder = new();

    public static TheoryData<string> Suites() => [.. SuiteCatalog.All.Select(static suite => suite.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task ASuiteMakesItsTables(string suite)
    {
        var data = Environment.GetEnvironmentVariable("TEMPERA_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data), "The suites run on tfbind8; TEMPERA_DATA names no directory of task data.");

        var result = await TemperaProcess.Run(_folder.Root, "bench", suite, "--quick", "--task", "tfbind8", "--data", Path.GetFullPath(data!), "--out", "results");

        Assert.True(result.Code == ExitCode.Done, result.Error);
        var arms = SuiteCatalog.All.Single(known => known.Name == suite).Arms;
        var rows = File.ReadAllLines(_folder.At("results/results.csv")).Skip(1).Select(static row => row.Split(',')[1].Trim('"')).ToHashSet();
        Assert.All(arms, arm => Assert.Contains(rows, row => arm.Label.StartsWith(row, StringComparison.Ordinal)));
        Assert.All(arms, arm => Assert.Equal(arm.Budget, Budget($"results/runs/tfbind8-{SuiteRunner.Slug(arm.Label)}-seed0/config.json")));
        Assert.Contains("## tfbind8", File.ReadAllText(_folder.At("results/summary.md")), StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(_folder.At("results"), "tfbind8-*.svg"));
    }

    private long? Budget(string file) => (long?)JsonNode.Parse(File.ReadAllText(_folder.At(file)))!["specification"]!["budget"];
}
