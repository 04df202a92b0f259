using Tempera.Client.Tests.Fakes;
using Xunit;

using Xunit;

namespace Tempera.Client.Tests.Commands;

/// <summary>Scoring from files and pipes: good lines are scored whatever the bad ones are.</summary>
public sealed class OracleCommandTests : IDisposable
{
    private readonly TestCommandLine _tempera = new();

    [Fact]
    public async Task ScoresOneObjectALine()
    {
        _tempera.Input = "GGA\nCCU\n";

        var result = await _tempera.Run("oracle", "rna1", "--input", "-");

        Assert.Equal(new CommandResult(0, "GGA,2\nCCU,0\n", ""), result);
    }

    [Fact]
    public async Task BadLinesAreNamedAndGoodOnesScored()
    {
        _tempera.Write("in.txt", "GGA\r\n\r\nGXA\r\nCCU\r\nNNN\r\n");

        var result = await _tempera.Run("oracle", "rna1", "--input", "in.txt");

        Assert.Equal(1, result.Code);
        Assert.Equal("GGA,2\nCCU,0\n", result.Output);
        Assert.StartsWith("line 3: An object has letters of ACGU; received 'X' at position 2. Replace it.\nline 5: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("2 objects were not scored", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LowerCaseCountsAsUpperCase()
    {
        _tempera.Input = "gGa\n";

        Assert.Equal(new CommandResult(0, "GGA,2\n", ""), await _tempera.Run("oracle", "rna1", "--input", "-"));
    }

    [Fact]
    public async Task FastaHeadersAreSkippedAndSequencesJoined()
    {
        _tempera.Input = "\n>one score=1\nGG\nA\n>two\n;remark\nCCX\n\n>three\nU\n";

        var result = await _tempera.Run("oracle", "rna1", "--input", "-");

        Assert.Equal((1, "GGA,2\nU,0\n"), (result.Code, result.Output));
        Assert.StartsWith("line 7: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyInputIsNoError()
    {
        Assert.Equal(new CommandResult(0, "", ""), await _tempera.Run("oracle", "rna1", "--input", "-"));
    }

    [Fact]
    public async Task OrderIsKeptOverManyObjects()
    {
        var objects = Enumerable.Range(0, 20_000).Select(ScriptedCampaign.Name).ToList();
        _tempera.Input = string.Join('\n', objects);

        var result = await _tempera.Run("oracle", "rna1", "--input", "-");

        Assert.Equal(objects, result.Lines.Select(static line => line.Split(',')[0]));
    }

    [Fact]
    public async Task JsonHasObjectAndScore()
    {
        _tempera.Input = "GGA\n";

        Assert.Equal("""{"object":"GGA","score":2}""", Assert.Single((await _tempera.Run("oracle", "rna1", "--input", "-", "--json")).Lines));
    }

    public void Dispose() => _tempera.Dispose();
}
