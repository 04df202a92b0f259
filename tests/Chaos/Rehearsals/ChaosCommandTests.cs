using System.Diagnostics;
using System.Text.Json;

using Xunit;

namespace Tempera.Chaos.Rehearsals;

/// <summary>A short rehearsal on real processes, with the faults that pass quickly. Longer ones: <c>tempera chaos --help</c>.</summary>
public sealed class ChaosCommandTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"tempera-chaos-{Guid.NewGuid():N}");

    [Fact]
    public async Task Ten_faults_lose_nothing()
    {
        Assert.SkipUnless(Services.AreInstalled, Services.Missing);

        var (code, output) = await Tempera(
            "chaos", "--seed", "3", "--faults", "10", "--period", "1", "--at-once", "2", "--campaigns", "2", "--rounds", "80", "--oracle-pause", "0.02",
            "--kinds", "kill,stop,wipe-redis,restart-redis,cut-redis", "--azurite", Services.Azurite, "--out", _folder, "--json");

        Assert.True(code == 0, output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(10, lines.Count(static line => line.TryGetProperty("kind", out _)));
        var totals = lines[^1];
        Assert.Equal(10, totals.GetProperty("faults").GetInt32());
        Assert.True(totals.GetProperty("campaigns").GetInt32() >= 2);
        Assert.True(totals.GetProperty("evaluations").GetInt32() >= 2 * 80);
        Assert.True(totals.GetProperty("epochs").GetInt64() > totals.GetProperty("campaigns").GetInt32());
        Assert.All(
            ["lost", "paid_again", "round_breaks", "torn_checkpoints", "different"], name => Assert.Equal(0, totals.GetProperty(name).GetInt32()));
    }

    [Theory]
    [InlineData("--kinds are of", "--kinds", "earthquake")]
    [InlineData("--silos is a number from 2 to 9", "--silos", "1")]
    [InlineData("--azurite names", "--azurite", "nowhere.js")]
    public async Task What_cannot_be_rehearsed_is_said(string message, params string[] arguments)
    {
        var (code, output) = await Tempera(["chaos", "--out", _folder, .. arguments]);

        Assert.Equal(2, code);
        Assert.Contains(message, output);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> Tempera(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "tempera"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
