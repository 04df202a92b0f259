using Tempera.Client.Tests.Fakes;

using Xunit;

namespace Tempera.Client.Tests.CommandLine;

/// <summary>A wrong command line ends with 2 and one sentence: rule, value, remedy.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly TestCommandLine _tempera = new();

    [Theory]
    [InlineData("run rna9", "received 'rna9'", "Did you mean 'rna1'?")]
    [InlineData("run rna1 --rounds -5", "--rounds is a whole number from 1 to 10,000,000", "received '-5'")]
    [InlineData("run rna1 --rounds 0", "from 1 to", "received '0'")]
    [InlineData("run rna1 --rounds 1e3", "whole number", "received '1e3'")]
    [InlineData("run rna1 --budget 0", "--budget is a whole number of at least 1", "received '0'")]
    [InlineData("run rna1 --seed -1", "--seed is a whole number", "received '-1'")]
    [InlineData("run rna1 --set width", "--set takes key=value", "received 'width'")]
    [InlineData("run rna1 --set widht=3", "received 'widht'", "Correct the name")]
    [InlineData("run", "A task is needed", "tempera run rna1")]
    [InlineData("rum rna1", "no command 'rum'", "did you mean 'run'?")]
    [InlineData("run rna1 --ruonds 5", "no option '--ruonds'", "did you mean '--rounds'?")]
    [InlineData("run rna1 --width 64", "width is a setting", "write `--set width=VALUE`")]
    [InlineData("sample x --beta 0", "--beta is a finite number above 0", "received '0'")]
    [InlineData("sample x --beta ,", "--beta is a finite number above 0", "received ','")]
    [InlineData("sample x --beta nan", "--beta is a finite number above 0", "received 'nan'")]
    [InlineData("sample x", "--beta", "`tempera sample --help`")]
    [InlineData("modes nowhere", "received 'nowhere'", "tempera run TASK")]
    [InlineData("resume nowhere", "received 'nowhere'", "tempera run TASK")]
    [InlineData("checkpoints nowhere destroy", "list, verify or export", "received 'destroy'")]
    [InlineData("oracle rna1 --input nowhere.txt", "--input takes a readable file", "nowhere.txt")]
    [InlineData("oracle rna9 --input -", "received 'rna9'", "Did you mean 'rna1'?")]
    [InlineData("run rna1 --config nowhere.yaml", "--config takes a readable", "nowhere.yaml")]
    [InlineData("tasks --data nowhere", "--data names an existing directory", "nowhere")]
    public async Task WrongCommandLineNamesRuleValueAndRemedy(string line, string rule, string rest)
    {
        var result = await _tempera.Run(line.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Empty(result.Output);
        Assert.Contains(rule, result.Error, StringComparison.Ordinal);
        Assert.Contains(rest, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(Directory.GetFileSystemEntries(_tempera.Root));
    }

    [Fact]
    public async Task HelpListsTheVerbsThatExist()
    {
        var result = await _tempera.Run("--help");

        Assert.Equal(0, result.Code);
        foreach (var verb in (string[])["tasks", "run", "resume", "sample", "modes", "evaluate", "oracle", "report", "checkpoints", "bench"])
        {
            Assert.Contains("\n  " + verb + " ", result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task HelpOfRunListsEverySetting()
    {
        var result = await _tempera.Run("run", "--help");

        Assert.Equal(0, result.Code);
        Assert.Contains("Hidden width.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoStackTraceWithoutVerbose()
    {
        _tempera.Engine.Script = static campaign => campaign.OnRound = static _ => throw new InvalidOperationException("boom");

        var quiet = await _tempera.Run("run", "rna1");
        var verbose = await _tempera.Run("run", "hypergrid", "--verbose");

        Assert.Equal(1, quiet.Code);
        Assert.DoesNotContain("   at ", quiet.Error, StringComparison.Ordinal);
        Assert.Contains("boom", quiet.Error, StringComparison.Ordinal);
        Assert.Equal(1, verbose.Code);
        Assert.Contains("   at ", verbose.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _tempera.Dispose();
}
