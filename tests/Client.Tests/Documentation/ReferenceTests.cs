using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using Tempera.Client.Chaos;
using Tempera.Client.Chaos.Checks;
using Tempera.Client.Chaos.Faults;
using Tempera.Client.CommandLine;
using Tempera.Client.Tests.Fakes;
using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Searching;
using Tempera.Silo.Tools;

using Xunit;

namespace Tempera.Client.Tests.Documentation;

/// <summary>docs/cli.md has every command, option, setting, JSON key and exit code that exists.</summary>
public sealed partial class ReferenceTests : IDisposable
{
    private static readonly string Cli = Manual.Read("cli.md");

    private readonly TestCommandLine _tempera = new();

    [Fact]
    public async Task EveryCommandWithEveryOption()
    {
        var verbs = await Verbs();

        Assert.Contains("checkpoints", verbs);
        foreach (var verb in verbs)
        {
            Assert.True(Regex.IsMatch(Cli, $"tempera {verb}\\b"), $"docs/cli.md has no `tempera {verb}`.");
            await AssertOptions(verb);
            foreach (var inner in await Verbs(verb))
            {
                Assert.True(Regex.IsMatch(Cli, $"tempera {verb} {inner}\\b"), $"docs/cli.md has no `tempera {verb} {inner}`.");
                await AssertOptions(verb, inner);
            }
        }
    }

    [Fact]
    public void EverySetting()
    {
        var settings = TaskTools.Settings().Concat(TaskTools.List().SelectMany(static task => TaskTools.Settings(task.Name))).ToList();

        Assert.Contains(settings, static setting => setting.Name == "learning_rate");
        Assert.All(settings, static setting => AssertCode(setting.Name));
    }

    [Fact]
    public void EveryValueOfASettingThatHasAList()
    {
        foreach (var setting in TaskTools.Settings().Where(static setting => !setting.Range.Any(char.IsDigit)))
        {
            Assert.All(setting.Range.Split(", "), AssertCode);
        }
    }

    [Fact]
    public void EveryTask() => Assert.All(TaskTools.List(), static task =>
    {
        AssertCode(task.Name);
        Assert.True(Manual.HasCode(Manual.Read("method.md"), task.Name), $"docs/method.md has no `{task.Name}`.");
    });

    [Fact]
    public void EveryExitCode()
    {
        var codes = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (int)field.GetRawConstantValue()!).ToList();

        Assert.Contains(ExitCode.Interrupted, codes);
        Assert.All(codes, static code => Assert.Contains($"| {code} | ", Cli, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryKindOfFault() => Assert.All(FaultCatalog.All, static fault => Assert.True(
        Manual.HasCode(Manual.Read("cluster.md"), fault.Name), $"docs/cluster.md has no `{fault.Name}`."));

    [Fact]
    public async Task EveryKeyOfAnEvent()
    {
        var run = await _tempera.Run("run", "rna1", "--rounds", "2", "--json");
        var searched = CampaignEventJson.Write(new CampaignEvent { Kind = CampaignEventKinds.Round, Searched = 8, PolicyAge = 1, SearchesUnderWay = 2 });

        var keys = run.Lines.Append(searched).SelectMany(static line => JsonNode.Parse(line)!.AsObject().Select(static pair => pair.Key)).Distinct().ToList();
        Assert.Contains("oracle_calls", keys);
        Assert.Contains("directory", keys);
        Assert.All(keys, AssertCode);
    }

    [Theory]
    [InlineData(typeof(TaskSummary))]
    [InlineData(typeof(ModeRecord))]
    [InlineData(typeof(SampledObject))]
    [InlineData(typeof(EvaluationRecord))]
    [InlineData(typeof(CheckpointRecord))]
    [InlineData(typeof(CampaignSnapshot))]
    [InlineData(typeof(SearcherStatus))]
    [InlineData(typeof(RoundBenchmarkResult))]
    [InlineData(typeof(GrainsComparison))]
    [InlineData(typeof(FaultRecord))]
    [InlineData(typeof(CampaignVerdict))]
    [InlineData(typeof(ChaosTotals))]
    public void EveryKeyOfAJsonLine(Type record) => Assert.All(
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance), static property => AssertCode(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)));

    public void Dispose() => _tempera.Dispose();

    private static void AssertCode(string name) => Assert.True(Manual.HasCode(Cli, name), $"docs/cli.md has no `{name}`.");

    private async Task AssertOptions(params string[] verb)
    {
        var help = await _tempera.Run([.. verb, "--help"]);
        foreach (Match match in OptionName().Matches(help.Output))
        {
            AssertCode(match.Value.Trim());
        }
    }

    // The names below "Commands:", one a line after two spaces.
    private async Task<IReadOnlyList<string>> Verbs(params string[] verb)
    {
        var help = (await _tempera.Run([.. verb, "--help"])).Output;
        return help.Split("Commands:\n") is [_, var commands] ? [.. CommandName().Matches(commands).Select(static match => match.Groups[1].Value)] : [];
    }

    [GeneratedRegex(@"(?<=^  (-\w, )*)--[a-z-]+", RegexOptions.Multiline)]
    private static partial Regex OptionName();

    [GeneratedRegex(@"^  ([a-z-]+)\b", RegexOptions.Multiline)]
    private static partial Regex CommandName();
}
