using Xunit;

namespace Tempera.Client.Tests.Processes;

/// <summary>Real processes that die without warning, and what resuming makes of it.</summary>
public sealed class KilledRunTests : IDisposable
{
    private const int Kills = 20;
    private const int Rounds = 400;

    private static readonly string[] Settings =
        ["rna1", "--rounds", $"{Rounds}", "--seed", "5", "--json", "--set", "width=16", "--set", "checkpoint_every=40", "--set", "threads=1",
            "--set", "explorer=mixed", "--set", "explorer_start=0.25", "--set", "population=50"];

    private readonly string _folder = Directory.CreateTempSubdirectory("tempera-killed-").FullName;

    [Fact]
    public async Task TwentyKillsAtRandomMomentsChangeNothing()
    {
        var undisturbed = await TemperaProcess.Run(_folder, ["run", .. Settings, "--out", "undisturbed"]);
        Assert.Equal((0, ""), (undisturbed.Code, undisturbed.Error));

        // A kill comes after a random number of events of this sitting; none means while the silo starts or opens the campaign.
        var random = new System.Random(20260);
        var killed = 0;
        while (killed < Kills)
        {
            await using var process = TemperaProcess.Start(_folder, ["run", .. Settings, "--out", "killed"]);
            var alive = await process.WaitForLine("\"event\":", random.Next(0, Rounds / Kills * 2));
            Assert.True(alive, $"the run ended before kill {killed + 1} of {Kills}");
            await process.Kill();
            killed++;
        }

        var resumed = await TemperaProcess.Run(_folder, "resume", "killed", "--json");

        Assert.True(resumed.Code == 0, resumed.Error);
        RunFiles.AssertSame(Path.Combine(_folder, "undisturbed"), Path.Combine(_folder, "killed"));
    }

    [Fact]
    public async Task HalfTheRoundsKilledAndExtendedEqualAllOfThem()
    {
        string[] settings = ["hypergrid", "--seed", "2", "--quiet", "--set", "width=16", "--set", "checkpoint_every=64", "--set", "decay=1"];
        Assert.Equal(0, (await TemperaProcess.Run(_folder, ["run", .. settings, "--rounds", "400", "--out", "whole"])).Code);
        Assert.Equal(0, (await TemperaProcess.Run(_folder, ["run", .. settings, "--rounds", "200", "--out", "halves"])).Code);
        await using (var second = TemperaProcess.Start(_folder, "resume", "halves", "--rounds", "400", "--json"))
        {
            Assert.True(await second.WaitForLine("\"round\":300,"));
            await second.Kill();
        }

        Assert.Equal(0, (await TemperaProcess.Run(_folder, "resume", "halves", "--quiet")).Code);
        RunFiles.AssertSame(Path.Combine(_folder, "whole"), Path.Combine(_folder, "halves"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
