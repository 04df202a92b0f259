using System.Diagnostics;

using Xunit;

namespace Tempera.Client.Tests.Processes;

/// <summary>What a running process does with signals, rivals and a disk that fills.</summary>
public sealed class DisturbedRunTests : IDisposable
{
    private static readonly string[] Endless = ["run", "rna1", "--rounds", "1000000", "--json", "--set", "width=16", "--set", "threads=1", "--out", "run"];

    private readonly string _folder = Directory.CreateTempSubdirectory("tempera-disturbed-").FullName;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task ASignalTakesTheRunToACheckpointAndEndsWith130(string signal)
    {
        await using var process = TemperaProcess.Start(_folder, Endless);
        Assert.True(await process.WaitForLine("\"event\":\"round\"", 7));

        process.Signal(signal);
        var result = await process.Result();

        Assert.Equal((130, ""), (result.Code, result.Error));
        Assert.Contains("\"event\":\"finished\"", result.Output, StringComparison.Ordinal);
        var rounds = RunFiles.Rounds(Path.Combine(_folder, "run")).Length;
        Assert.Equal($"{rounds:00000000}", Path.GetFileName(RunFiles.Checkpoints(Path.Combine(_folder, "run"))[^1]));
    }

    [Fact]
    public async Task ASecondProcessOnOneDirectoryIsRefusedAndTheFirstGoesOn()
    {
        await using var first = TemperaProcess.Start(_folder, Endless);
        Assert.True(await first.WaitForLine("\"event\":\"round\""));

        var second = await TemperaProcess.Run(_folder, Endless);

        Assert.Equal((1, ""), (second.Code, second.Output));
        Assert.Contains("run", second.Error, StringComparison.Ordinal);
        Assert.Contains("One process at a time", second.Error, StringComparison.Ordinal);
        Assert.True(await first.WaitForLine("\"event\":\"round\"", 20));
        await first.Kill();
    }

    [Fact]
    public async Task AReaderMayLookWhileTheRunGoesOn()
    {
        await using var first = TemperaProcess.Start(_folder, Endless);
        Assert.True(await first.WaitForLine("\"event\":\"checkpoint\""));

        var sample = await TemperaProcess.Run(_folder, "sample", "run", "--beta", "2", "-n", "5", "--json");

        Assert.Equal((0, ""), (sample.Code, sample.Error));
        Assert.Equal(5, sample.Lines.Count(static line => line.Contains("\"object\"", StringComparison.Ordinal)));
        await first.Kill();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40_000)]
    public async Task AFullDiskEndsTheRunWithASentenceAndRoomLetsItCarryOnAsIfNothingHadHappened(int left)
    {
        string[] run = ["run", "rna1", "--rounds", "400", "--seed", "5", "--json", "--set", "width=16", "--set", "checkpoint_every=40", "--set", "threads=1", "--out"];
        var disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        Assert.SkipUnless(Mount(disk, "24m"), "needs the right to mount a small tmpfs");
        try
        {
            await using (var process = TemperaProcess.Start(disk, [.. run, "run"]))
            {
                Assert.True(await process.WaitForLine("\"event\":\"checkpoint\""));
                Fill(Path.Combine(disk, "filler"), left);
                var full = await process.Result();
                Assert.Equal(1, full.Code);
                Assert.Contains("the disk or the quota is full. Free some space", full.Error, StringComparison.Ordinal);
                Assert.DoesNotContain("   at ", full.Error, StringComparison.Ordinal);
            }

            // Still full: it says so again, and harms nothing.
            Assert.Equal(1, (await TemperaProcess.Run(disk, "resume", "run", "--json")).Code);
            File.Delete(Path.Combine(disk, "filler"));
            var more = await TemperaProcess.Run(disk, "resume", "run", "--json");
            Assert.True(more.Code == 0, more.Error);
            Assert.Equal(0, (await TemperaProcess.Run(_folder, [.. run, "undisturbed"])).Code);
            RunFiles.AssertSame(Path.Combine(_folder, "undisturbed"), Path.Combine(disk, "run"));
        }
        finally
        {
            Command("umount", "--lazy", disk);
        }
    }

    [Fact]
    public void AClosedPipeIsTheReadersChoice()
    {
        var pipeline = Command("bash", "-c", $"cd '{_folder}' && set -o pipefail && dotnet '{typeof(Tempera.Client.CommandLine.CommandTree).Assembly.Location}' tasks --json | head -n 1 >/dev/null");

        Assert.True(pipeline);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool Mount(string folder, string size) => OperatingSystem.IsLinux() && Command("mount", "-t", "tmpfs", "-o", $"size={size}", "tempera", folder);

    private static void Fill(string path, int left)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var block = new byte[4096]; ;)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Now the disk is full.
            file.SetLength(file.Length - left);
        }
    }

    private static bool Command(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
