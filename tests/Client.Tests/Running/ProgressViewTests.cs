using System.Text.Json.Nodes;
using Tempera.Client.Tests.Fakes;
using Xunit;

using Xunit;

namespace Tempera.Client.Tests.Running;

/// <summary>What a run prints for a person, for a file and for a program.</summary>
public sealed class ProgressViewTests : IDisposable
{
    private static readonly string[] PromisedKeys =
    [
        "event", "round", "oracle_calls", "modes", "best_score", "mean_score", "beta_min", "beta_max", "loss", "log_z", "seconds", "cpu_seconds",
    ];

    private readonly TestCommandLine _tempera = new();

    [Fact]
    public async Task JsonIsOneObjectALineAndEndsWithFinished()
    {
        var result = await _tempera.Run("run", "rna1", "--rounds", "6", "--json");
        var lines = result.Lines.Select(static line => JsonNode.Parse(line)!.AsObject()).ToList();

        foreach (var round in lines.Where(static line => (string?)line["event"] == "round"))
        {
            Assert.All(PromisedKeys, key => Assert.True(round.ContainsKey(key), key));
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], lines.Where(static line => (string?)line["event"] == "round").Select(static line => (int)line["round"]!));
        var finished = lines[^1];
        Assert.All(PromisedKeys, key => Assert.True(finished.ContainsKey(key), key));
        Assert.Equal(("finished", "completed", 6, 24L), ((string?)finished["event"], (string?)finished["state"], (int)finished["round"]!, (long)finished["oracle_calls"]!));
    }

    [Fact]
    public async Task JsonKeepsRemarksOffStandardOutput()
    {
        await _tempera.Run("run", "rna1", "--rounds", "6");

        var again = await _tempera.Run("run", "rna1", "--json");

        Assert.Equal("finished", (string?)JsonNode.Parse(Assert.Single(again.Lines))!["event"]);
        Assert.Contains("is complete", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QuietPrintsTheFinalLineOnly()
    {
        var result = await _tempera.Run("run", "rna1", "--rounds", "6", "--quiet");

        Assert.Equal("rna1 completed: 6 rounds, 24 oracle calls, 3 of 36 modes, best 0.44 UCCAAA, runs/rna1-seed0", Assert.Single(result.Lines));
    }

    [Fact]
    public async Task QuietJsonPrintsFinishedOnly()
    {
        var result = await _tempera.Run("run", "rna1", "--rounds", "6", "--quiet", "--json");

        Assert.Equal("finished", (string?)JsonNode.Parse(Assert.Single(result.Lines))!["event"]);
    }

    [Fact]
    public async Task PipedOutputHasNoEscapesAndOneLineATwentieth()
    {
        var result = await _tempera.Run("run", "rna1", "--rounds", "200");

        Assert.DoesNotContain('\u001b', result.Output);
        Assert.DoesNotContain('\r', result.Output);
        Assert.Equal(20, result.Lines.Count(static line => line.StartsWith("round ", StringComparison.Ordinal) && line.Contains('/', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PipedOutputSpeaksEveryTenSeconds()
    {
        _tempera.Engine.Script = campaign => campaign.OnRound = _ => _tempera.Clock.Advance(TimeSpan.FromSeconds(4));

        var result = await _tempera.Run("run", "rna1", "--rounds", "300");

        Assert.Equal(100, result.Lines.Count(static line => line.StartsWith("round ", StringComparison.Ordinal) && line.Contains('/', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TerminalFitsEightyColumnsAndRedrawsFiveTimesASecond()
    {
        _tempera.IsTerminal = true;
        _tempera.Engine.Script = campaign => campaign.OnRound = _ => _tempera.Clock.Advance(TimeSpan.FromMilliseconds(10));

        var result = await _tempera.Run("run", "rna1", "--rounds", "400");

        var plain = System.Text.RegularExpressions.Regex.Replace(result.Output, "\u001b\\[[0-9;?]*[a-zA-Z]", "");
        Assert.All(plain.Split('\n'), static line => Assert.InRange(line.TrimEnd('\r').Split('\r')[^1].Length, 0, 80));
        var redraws = plain.Split("oracle calls").Length - 1;
        Assert.InRange(redraws, 15, 30);
        Assert.Contains("200 of 36", plain, StringComparison.Ordinal);
    }

    public void Dispose() => _tempera.Dispose();
}
