using System.Collections.Immutable;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Silo.Embedding;
using Tempera.Silo.Tools;

using Xunit;

namespace Tempera.Silo.Tests.Embedding;

/// <summary>A campaign of a user's own table: the file may move, its content may not change.</summary>
public sealed class TableCampaignTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Table => Path.Combine(_folder.Path, "scores.csv");

    public TableCampaignTests() => File.WriteAllText(Table, "string,score\n" + string.Concat(
        Enumerable.Range(0, 64).Select(static i => $"{"ACGT"[i / 16]}{"ACGT"[i / 4 % 4]}{"ACGT"[i % 4]},{(i * 37 % 64 + 1) / 64.0:0.0000}\n")));

    [Fact]
    public async Task A_run_goes_on_with_the_moved_table_and_refuses_a_changed_one()
    {
        var resolved = SpecificationTools.Resolve(Specification(Table));
        Assert.Equal(64, resolved.Settings["sha256"].Length);
        Assert.Equal("ACGT", resolved.Settings["alphabet"]);
        Assert.Equal(5, (await Run(resolved, 5)).Round);

        var moved = Path.Combine(_folder.Path, "moved.csv");
        File.Move(Table, moved);
        var missing = Assert.Throws<TemperaException>(() => SpecificationTools.Resolve(resolved));
        Assert.Equal(TemperaError.TaskData, missing.Code);
        Assert.Contains("--file", missing.Message, StringComparison.Ordinal);

        var elsewhere = resolved with { Settings = resolved.Settings.SetItem("file", moved) };
        var snapshot = await Run(elsewhere, 3);
        Assert.Equal(8, snapshot.Round);
        Assert.Equal(moved, snapshot.Specification!.Settings["file"]);

        File.AppendAllText(moved, "# changed\n");
        var changed = Assert.Throws<TemperaException>(() => SpecificationTools.Resolve(elsewhere));
        Assert.Equal(TemperaError.TaskData, changed.Code);
        Assert.Contains(resolved.Settings["sha256"], changed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_target_and_its_oracle_are_those_of_the_table()
    {
        var settings = Specification(Table).Settings;
        var target = TargetTools.Describe("table", settings)!;
        Assert.Equal((64, 1.0), (target.Counts.Sum(), target.Scores[^1]));
        Assert.True(OracleTool.Open("table", settings).TryScore("AAC", out var score, out _));
        Assert.Equal(38 / 64.0, score, 4);
    }

    public void Dispose() => _folder.Dispose();

    private static CampaignSpecification Specification(string table) => new()
    {
        Task = "table",
        Rounds = 100,
        Settings = new Dictionary<string, string> { ["file"] = table, ["width"] = "8", ["batch"] = "4", ["threads"] = "1" }
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    private async Task<CampaignSnapshot> Run(CampaignSpecification specification, int rounds)
    {
        await using var silo = await EmbeddedSilo.StartAsync(
            new EmbeddedSiloOptions { Directory = Path.Combine(_folder.Path, "run"), CampaignId = "table" }, CancellationToken.None);
        var before = await silo.Campaign.Create(specification);
        await silo.Campaign.Discover(new DiscoverRequest($"from-{before.Round}", rounds));
        await foreach (var _ in silo.Campaign.Watch(0))
        {
        }

        return await silo.Campaign.Status();
    }
}
