using System.Text.Json.Nodes;
using System.Xml.Linq;

using Tempera.Client.Benchmarking;
using Tempera.Client.CommandLine;
using Tempera.Client.Tests.Fakes;

using Xunit;

namespace Tempera.Client.Tests.Benchmarking;

/// <summary><c>tempera bench SUITE</c> on scripted campaigns.</summary>
public sealed class SuiteTests : IDisposable
{
    private static readonly string[] Two = ["bench", "schedules", "--quick", "--jobs", "1", "--arm", "uniform", "--arm", "annealing"];

    private readonly TestCommandLine _tempera = new();

    public void Dispose() => _tempera.Dispose();

    [Fact]
    public async Task EveryRunIsInTheTables()
    {
        var result = await _tempera.Run([.. Two, "--seeds", "2"]);

        Assert.Equal((ExitCode.Done, ""), (result.Code, result.Error));
        var rows = File.ReadAllLines(_tempera.At("runs/bench-schedules-quick/results.csv"));
        var columns = rows[0].Split(',').Length;
        Assert.All(rows, row => Assert.Equal(columns, row.Split(',').Length));
        Assert.Equal(
            ["tfbind8,uniform,0", "tfbind8,uniform,1", "tfbind8,annealing,0", "tfbind8,annealing,1"],
            rows.Skip(1).Select(static row => string.Join(',', row.Split(',')[..3])).Distinct());
        Assert.NotEmpty(File.ReadAllLines(_tempera.At("runs/bench-schedules-quick/curves.csv")).Skip(1));
    }

    [Fact]
    public async Task TheSummarySaysHowToRepeatItAndShowsAnArmALine()
    {
        await _tempera.Run(Two);

        var summary = File.ReadAllText(_tempera.At("runs/bench-schedules-quick/summary.md"));
        Assert.Contains("`tempera bench schedules --quick --jobs 1 --arm uniform --arm annealing`", summary, StringComparison.Ordinal);
        Assert.Contains("A quick version", summary, StringComparison.Ordinal);
        Assert.Contains("* annealing: `explore=annealing:1,3`", summary, StringComparison.Ordinal);
        Assert.Contains("\n| uniform |", summary, StringComparison.Ordinal);
        Assert.Contains("\n| annealing |", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlotsAreFilesOfTheirOwn()
    {
        await _tempera.Run(Two);

        var drawing = XDocument.Load(_tempera.At("runs/bench-schedules-quick/tfbind8-modes.svg"));
        var texts = drawing.Descendants().Where(static e => e.Name.LocalName == "text").Select(static e => e.Value).ToList();
        Assert.Contains("uniform", texts);
        Assert.Contains("annealing", texts);
        Assert.Contains("unique oracle calls", texts);
    }

    [Fact]
    public async Task CompleteRunsAreNotRunAgain()
    {
        await _tempera.Run(Two);
        var before = File.ReadAllText(_tempera.At("runs/bench-schedules-quick/results.csv"));
        foreach (var campaign in _tempera.Engine.Campaigns.Values)
        {
            campaign.Calls.Clear();
        }

        await _tempera.Run(Two);

        Assert.Contains("of the 2 runs had begun before", File.ReadAllText(_tempera.At("runs/bench-schedules-quick/summary.md")), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_tempera.At("runs/bench-schedules-quick/results.csv")));
        Assert.All(_tempera.Engine.Campaigns.Values, static campaign => Assert.DoesNotContain(campaign.Calls, static call => call.StartsWith("discover", StringComparison.Ordinal) || call == "resume"));
    }

    [Fact]
    public async Task AnInterruptionKeepsWhatIsCompleteAndCarriesOn()
    {
        _tempera.Engine.Script = campaign => campaign.OnRound = round => { if (round == 5) { _tempera.Interruptions.Send(); } };

        var first = await _tempera.Run(Two);
        foreach (var campaign in _tempera.Engine.Campaigns.Values)
        {
            campaign.OnRound = static _ => { };
        }

        _tempera.Engine.Script = static _ => { };
        var second = await _tempera.Run(Two);

        Assert.Equal(ExitCode.Interrupted, first.Code);
        Assert.Contains("carries on", first.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, second.Code);
    }

    [Fact]
    public async Task JsonHasAnObjectARunAndALastOne()
    {
        var lines = (await _tempera.Run([.. Two, "--json"])).Lines.Select(static line => JsonNode.Parse(line)!.AsObject()).ToList();

        Assert.Equal(["run", "run", "finished"], lines.Select(static line => line["event"]!.GetValue<string>()));
        Assert.Equal(2, lines[^1]["runs"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("--arm", "uniforn", "Did you mean uniform?")]
    [InlineData("--task", "rna9", "tfbind8")]
    [InlineData("--seeds", "0", "1 to 100")]
    public async Task WrongOptionsAreRefusedBeforeAnythingRuns(string option, string value, string remedy)
    {
        var result = await _tempera.Run("bench", "schedules", option, value);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(remedy, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_tempera.At("runs")));
    }

    [Fact]
    public void LabelsMakeDirectoriesThatDiffer() => Assert.All(SuiteCatalog.All, static suite =>
    {
        Assert.Equal(suite.Arms.Length, suite.Arms.Select(static arm => SuiteRunner.Slug(arm.Label)).Distinct().Count());
        Assert.Equal(suite.Arms.Length, suite.Arms.Select(static arm => string.Join(' ', arm.Words)).Distinct().Count());
    });
}
