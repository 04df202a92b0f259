using System.Text.Json.Nodes;

using Tempera.Client.Tests.Fakes;
using Tempera.Contracts.Campaigns;

using Xunit;

namespace Tempera.Client.Tests.Commands;

/// <summary>Commands that only read a run.</summary>
public sealed class QueryCommandTests : IAsyncLifetime
{
    private readonly TestCommandLine _tempera = new();

    public async ValueTask InitializeAsync() => await _tempera.Run("run", "rna1", "--rounds", "8", "--quiet");

    [Theory]
    [InlineData("sample rna1-seed0 --beta 2 -n 2")]
    [InlineData("modes runs/rna1-seed0")]
    [InlineData("evaluate rna1-seed0")]
    [InlineData("checkpoints rna1-seed0")]
    [InlineData("report rna1-seed0 --out page")]
    public async Task ReadersNeverOpenForWriting(string line)
    {
        var result = await _tempera.Run(line.Split(' '));

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.True(_tempera.Engine.Opened[^1].ReadOnly);
    }

    [Fact]
    public async Task EvaluateHasThePromisedKeys()
    {
        var result = await _tempera.Run("evaluate", "rna1-seed0", "--beta", "1", "--beta", "2.5", "--json");

        Assert.Equal(2, result.Lines.Length);
        var record = JsonNode.Parse(result.Lines[1])!.AsObject();
        foreach (var key in (string[])["beta", "exact", "tv", "kl", "reverse_kl", "jsd", "log_z_model", "log_z_target", "mean_score_model", "mean_score_target", "spearman", "basis", "samples"])
        {
            Assert.True(record.ContainsKey(key), key);
        }

        Assert.Equal((2.5, true, 0.025), ((double)record["beta"]!, (bool)record["exact"]!, (double)record["tv"]!));
    }

    [Fact]
    public async Task EvaluateTakesBetasInEveryForm()
    {
        Assert.Equal(3, (await _tempera.Run("evaluate", "rna1-seed0", "--beta", "1,2", "--beta", "3", "--json")).Lines.Length);
        Assert.Equal(3, (await _tempera.Run("evaluate", "rna1-seed0", "--beta", "1", "2", "3", "--json")).Lines.Length);
        Assert.Equal(3, (await _tempera.Run("evaluate", "rna1-seed0", "--json")).Lines.Length);
    }

    [Fact]
    public async Task SampleAsCsvAndFastaAndJson()
    {
        Assert.Equal(["beta,object,log_probability,score", "2,AAAAAA,-1.5,0.01", "2,CAAAAA,-2.5,"], (await _tempera.Run("sample", "rna1-seed0", "--beta", "2", "-n", "2", "--csv")).Lines);
        Assert.Equal([">sample_1 beta=2 log_probability=-1.5 score=0.01", "AAAAAA"], (await _tempera.Run("sample", "rna1-seed0", "--beta", "2", "-n", "1", "--fasta")).Lines);
        Assert.Equal(["""{"beta":2,"object":"AAAAAA","log_probability":-1.5,"score":0.01}""", """{"beta":2,"object":"CAAAAA","log_probability":-2.5,"score":null}"""],
            (await _tempera.Run("sample", "rna1-seed0", "--beta", "2", "-n", "2", "--json")).Lines);
    }

    [Fact]
    public async Task FastaNamesAreUniqueAcrossBetas()
    {
        var drawn = await _tempera.Run("sample", "rna1-seed0", "--beta", "1", "2", "-n", "2", "--fasta");

        Assert.Equal([">sample_1", ">sample_2", ">sample_3", ">sample_4"], drawn.Lines.Where(static line => line[0] == '>').Select(static line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task ModesAsTableCsvAndJson()
    {
        var table = await _tempera.Run("modes", "rna1-seed0");
        Assert.Contains("4 of 36 modes after 32 oracle calls", table.Output, StringComparison.Ordinal);
        Assert.Contains("GAAAAA", table.Output, StringComparison.Ordinal);
        Assert.Equal(["object,score,round,definition", "GAAAAA,0.75,4,test: every second round"], (await _tempera.Run("modes", "rna1-seed0", "--csv", "--top", "1")).Lines);
        Assert.Equal("""{"object":"GAAAAA","score":0.75,"round":4,"definition":"test: every second round"}""", (await _tempera.Run("modes", "rna1-seed0", "--json")).Lines[0]);
    }

    [Fact]
    public async Task VerifyReportsDamageWithExitCode1()
    {
        Campaign.CheckpointRecords = [Checkpoint(4, "weights.safetensors has another SHA-256."), Checkpoint(8, null)];

        Assert.Equal(0, (await _tempera.Run("checkpoints", "rna1-seed0")).Code);
        var verified = await _tempera.Run("checkpoints", "rna1-seed0", "verify");

        Assert.Equal(1, verified.Code);
        Assert.Contains("another SHA-256", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportCopiesTheNewestThatVerifies()
    {
        Campaign.CheckpointRecords = [Checkpoint(4, null), Checkpoint(8, "torn")];
        _tempera.Write("runs/rna1-seed0/checkpoints/00000004/manifest.json", "{}");
        _tempera.Write("runs/rna1-seed0/checkpoints/00000004/weights.safetensors", "weights");

        var result = await _tempera.Run("checkpoints", "rna1-seed0", "export", "--out", "copy");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal("weights", File.ReadAllText(_tempera.At("copy/weights.safetensors")));
        Assert.Equal(2, Directory.GetFiles(_tempera.At("copy")).Length);
    }

    [Theory]
    [InlineData("--round 8 --out copy", 1, "is damaged (torn)")]
    [InlineData("--round 5 --out copy", 2, "there are 4, 8")]
    [InlineData("--out runs", 2, "holds files")]
    [InlineData("--round 4", 2, "--out DIR")]
    public async Task ExportRefusesWhatIsWrong(string options, int code, string message)
    {
        Campaign.CheckpointRecords = [Checkpoint(4, null), Checkpoint(8, "torn")];

        var result = await _tempera.Run(["checkpoints", "rna1-seed0", "export", .. options.Split(' ')]);

        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TasksAsTextAndJson()
    {
        Assert.Contains("4,096 objects", (await _tempera.Run("tasks")).Output, StringComparison.Ordinal);
        var first = JsonNode.Parse((await _tempera.Run("tasks", "--json")).Lines[0])!;
        Assert.Equal(("rna1", 36), ((string?)first["name"], (int)first["known_modes"]!));
    }

    [Fact]
    public async Task DirectoryThatIsNoRunIsRefused()
    {
        Directory.CreateDirectory(_tempera.At("photos"));

        var result = await _tempera.Run("modes", "photos");

        Assert.Equal(2, result.Code);
        Assert.Contains("photos holds none", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MistypedCampaignSuggestsTheNearest()
    {
        var result = await _tempera.Run("modes", "rna1-sed0");

        Assert.Contains("Did you mean 'rna1-seed0'?", result.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        _tempera.Dispose();
        return ValueTask.CompletedTask;
    }

    private ScriptedCampaign Campaign => _tempera.Engine.Campaigns[_tempera.At("runs/rna1-seed0")];

    private static CheckpointRecord Checkpoint(int round, string? damage) => new(round, 1, 4096, DateTimeOffset.UnixEpoch, null, damage);
}
