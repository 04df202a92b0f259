using System.Text.Json.Nodes;

using Tempera.Client.Tests.Fakes;
using Tempera.Silo.Data;

using Xunit;

namespace Tempera.Client.Tests.Commands;

public sealed class DataCommandTests
{
    private readonly TestCommandLine _tempera = new();

    [Theory]
    [InlineData("check")]
    [InlineData("fetch")]
    public async Task GoodFilesEndWithZeroAndOthersWithOne(string verb)
    {
        _tempera.Engine.Files = [new("rna1/a.gz", "letters", DataFileState.Good, "12", null)];
        var good = await _tempera.Run("data", verb, "rna1");
        _tempera.Engine.Files = [.. _tempera.Engine.Files, new("rna1/b.gz", "numbers", DataFileState.Missing, "34", "Not there; copy it.")];
        var missing = await _tempera.Run("data", verb, "rna1");

        Assert.Equal((0, "1 of 1 files of rna1 are good."), (good.Code, good.Lines[^1]));
        Assert.Equal((1, "1 of 2 files of rna1 are good."), (missing.Code, missing.Lines[^1]));
        Assert.Contains("Not there; copy it.", missing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonHasOneObjectAFile()
    {
        _tempera.Engine.Files = [new("rna1/a.gz", "letters", DataFileState.Changed, "12", "Restore it.")];
        var line = JsonNode.Parse(Assert.Single((await _tempera.Run("data", "check", "rna1", "--json")).Lines))!;

        Assert.Equal(("rna1/a.gz", "changed", "12"), ((string)line["name"]!, (string)line["state"]!, (string)line["sha256"]!));
    }

    [Fact]
    public async Task ATaskWithoutDataSaysSo() => Assert.Contains("needs no data", (await _tempera.Run("data", "check", "hypergrid")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task UnknownTasksAreRefused() => Assert.Equal(2, (await _tempera.Run("data", "check", "rna9")).Code);

    [Fact]
    public async Task OnlyFetchMayNameADirectoryThatIsNotThere()
    {
        Assert.Equal(2, (await _tempera.Run("data", "check", "rna1", "--data", "new")).Code);
        Assert.Equal(0, (await _tempera.Run("data", "fetch", "rna1", "--data", "new")).Code);
        Assert.Equal(_tempera.At("new"), _tempera.Variables["TEMPERA_DATA"]);
    }

    [Fact]
    public async Task ARunRemembersItsDataDirectory()
    {
        Directory.CreateDirectory(_tempera.At("data"));
        await _tempera.Run("run", "rna1", "--rounds", "2", "--data", "data", "--out", "r");
        _tempera.Variables.Clear();
        await _tempera.Run("resume", "r", "--rounds", "4");

        Assert.Equal(_tempera.At("data"), _tempera.Variables["TEMPERA_DATA"]);
        _tempera.Variables.Clear();
        await _tempera.Run("modes", "r");
        Assert.Equal(_tempera.At("data"), _tempera.Variables["TEMPERA_DATA"]);
    }
}
