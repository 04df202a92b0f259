using System.Text.Json.Nodes;

using Tempera.Client.Tests.Fakes;

using Xunit;

namespace Tempera.Client.Tests.Running;

/// <summary>What <c>run</c> and <c>resume</c> do with directories, interruptions and failures.</summary>
public sealed class RunTests : IDisposable
{
    private readonly TestCommandLine _tempera = new();

    [Fact]
    public async Task NewRunFillsItsDirectory()
    {
        var result = await _tempera.Run("run", "rna1", "--rounds", "8", "--seed", "3");

        Assert.Equal((0, ""), (result.Code, result.Error));
        var directory = _tempera.At("runs/rna1-seed3");
        foreach (var file in (string[])["config.json", "events.jsonl", "evaluations.parquet", "modes.csv", "modes.fasta", "tensorboard"])
        {
            Assert.True(Path.Exists(Path.Combine(directory, file)), file);
        }

        Assert.Empty(Directory.GetFiles(directory, "*.pending"));
        Assert.Equal(["create", "discover rounds-8 8"], Campaign("runs/rna1-seed3").Calls);
        Assert.Contains("tempera modes runs/rna1-seed3", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigurationRecordsVersionsHostAndCommand()
    {
        await _tempera.Run("run", "rna1", "--rounds", "2");

        var configuration = JsonNode.Parse(File.ReadAllText(_tempera.At("runs/rna1-seed0/config.json")))!;

        Assert.Equal("tempera run rna1 --rounds 2", (string?)configuration["command"]);
        Assert.Equal(0, (int)configuration["specification"]!["seed"]!);
        Assert.NotEqual("", (string?)configuration["versions"]!["tempera"]);
        foreach (var fact in (string[])["os", "cpu", "cores", "dotnet", "vector_bits", "memory_bytes"])
        {
            Assert.NotNull(configuration["host"]![fact]);
        }
    }

    [Fact]
    public async Task SameRunAgainSaysItIsComplete()
    {
        await _tempera.Run("run", "rna1", "--rounds", "6");

        var again = await _tempera.Run("run", "rna1");

        Assert.Equal(0, again.Code);
        Assert.Contains("runs/rna1-seed0 is complete: 6 rounds", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("resume", Campaign("runs/rna1-seed0").Calls);
    }

    [Fact]
    public async Task MoreRoundsExtendARun()
    {
        await _tempera.Run("run", "rna1", "--rounds", "6");

        var more = await _tempera.Run("run", "rna1", "--rounds", "10", "--json");

        Assert.Equal(0, more.Code);
        Assert.Equal("discover rounds-10 4", Campaign("runs/rna1-seed0").Calls[^1]);
        Assert.Equal([7, 8, 9, 10], Rounds(more));
    }

    [Fact]
    public async Task RunThatLostItsConfigurationIsExtended()
    {
        await _tempera.Run("run", "rna1", "--rounds", "6");
        _tempera.Write("runs/rna1-seed0/campaign.json", "{}");
        File.Delete(_tempera.At("runs/rna1-seed0/config.json"));

        var more = await _tempera.Run("run", "rna1", "--rounds", "10");

        Assert.Equal((0, ""), (more.Code, more.Error));
        Assert.Equal("discover rounds-10 4", Campaign("runs/rna1-seed0").Calls[^1]);
        Assert.Equal(6, (int)JsonNode.Parse(File.ReadAllText(_tempera.At("runs/rna1-seed0/config.json")))!["specification"]!["rounds"]!);
    }

    [Fact]
    public async Task SpentBudgetEndsARunForGood()
    {
        await _tempera.Run("run", "rna1", "--rounds", "4", "--budget", "16");

        var more = await _tempera.Run("resume", "rna1-seed0", "--rounds", "8");

        Assert.Equal((0, ""), (more.Code, more.Error));
        Assert.Contains("its budget of 16 oracle calls is used up", more.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("tempera resume", more.Output, StringComparison.Ordinal);
        Assert.Equal("create", Campaign("runs/rna1-seed0").Calls[^1]);
    }

    [Fact]
    public async Task DamageFoundWhenRoundsStartIsShown()
    {
        await _tempera.Run("run", "rna1", "--rounds", "4");
        Campaign("runs/rna1-seed0").StartWarning = "The checkpoint of round 4 is damaged.";

        var more = await _tempera.Run("resume", "rna1-seed0", "--rounds", "6");

        Assert.Contains("warning: The checkpoint of round 4 is damaged.", more.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FewerRoundsThanRecordedAreRefusedWhileUnfinished()
    {
        InterruptAt(3);
        await _tempera.Run("run", "rna1", "--rounds", "10");

        var fewer = await _tempera.Run("resume", "rna1-seed0", "--rounds", "5");

        Assert.Equal(2, fewer.Code);
        Assert.Contains("--rounds can only extend", fewer.Error, StringComparison.Ordinal);
        Assert.Empty(JsonNode.Parse(File.ReadAllText(_tempera.At("runs/rna1-seed0/config.json")))!["resumed"]!.AsArray());
    }

    [Theory]
    [InlineData("run rna1 --rounds 20 --out d --set width=32", "width = 16, received 32")]
    [InlineData("run rna1 --rounds 20 --out d --seed 9", "seed = 0, received 9")]
    [InlineData("run hypergrid --out d", "task = rna1, received hypergrid")]
    [InlineData("run rna1 --out d --budget 10", "budget = none, received 10")]
    public async Task DirectoryOfAnotherSpecificationIsRefused(string line, string difference)
    {
        await _tempera.Run("run", "rna1", "--rounds", "2", "--out", "d");
        var before = File.ReadAllText(_tempera.At("d/config.json"));

        var result = await _tempera.Run(line.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Contains(difference, result.Error, StringComparison.Ordinal);
        Assert.Contains("--out", result.Error, StringComparison.Ordinal);
        Assert.Single(_tempera.Engine.Opened);
        Assert.Equal(before, File.ReadAllText(_tempera.At("d/config.json")));
    }

    [Fact]
    public async Task HostFactsMayChange()
    {
        await _tempera.Run("run", "rna1", "--rounds", "2", "--threads", "1");

        var result = await _tempera.Run("run", "rna1", "--rounds", "4", "--threads", "2");

        Assert.Equal((0, ""), (result.Code, result.Error));
    }

    [Fact]
    public async Task ForeignDirectoryIsRefused()
    {
        _tempera.Write("photos/cat.jpg", "not a run");

        var result = await _tempera.Run("run", "rna1", "--out", "photos");

        Assert.Equal(2, result.Code);
        Assert.Contains("photos holds other files", result.Error, StringComparison.Ordinal);
        Assert.Equal([_tempera.At("photos/cat.jpg")], Directory.GetFileSystemEntries(_tempera.At("photos")));
        Assert.Empty(_tempera.Engine.Opened);
    }

    [Fact]
    public async Task UnwritableDirectoryFailsBeforeTheSiloStarts()
    {
        _tempera.Write("file", "in the way");

        var result = await _tempera.Run("run", "rna1", "--out", "file/run");

        Assert.Equal(1, result.Code);
        Assert.Contains("must be writable", result.Error, StringComparison.Ordinal);
        Assert.Contains("--out", result.Error, StringComparison.Ordinal);
        Assert.Empty(_tempera.Engine.Opened);
    }

    [Fact]
    public async Task InterruptionPausesExportsAndEndsWith130()
    {
        InterruptAt(5);

        var result = await _tempera.Run("run", "rna1", "--rounds", "10");

        Assert.Equal(130, result.Code);
        Assert.Equal("pause", Campaign("runs/rna1-seed0").Calls[^1]);
        Assert.True(File.Exists(_tempera.At("runs/rna1-seed0/evaluations.parquet")));
        Assert.Contains("tempera resume runs/rna1-seed0", result.Output, StringComparison.Ordinal);
        Assert.Empty(_tempera.Exits);
    }

    [Fact]
    public async Task SecondInterruptionEndsAtOnce()
    {
        _tempera.Engine.Script = campaign => campaign.OnRound = round =>
        {
            if (round == 5)
            {
                _tempera.Interruptions.Send();
                _tempera.Interruptions.Send();
            }
        };

        await _tempera.Run("run", "rna1", "--rounds", "10");

        Assert.Equal([130], _tempera.Exits);
    }

    [Theory]
    [InlineData("resume", "rna1-seed0")]
    [InlineData("resume", "runs/rna1-seed0")]
    [InlineData("run", "rna1")]
    public async Task InterruptedRunCarriesOn(string verb, string name)
    {
        InterruptAt(5);
        await _tempera.Run("run", "rna1", "--rounds", "8");
        InterruptAt(-1);

        var result = await _tempera.Run(verb, name);

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("at round 5 of 8: resuming", result.Output, StringComparison.Ordinal);
        Assert.Equal("resume", Campaign("runs/rna1-seed0").Calls[^1]);
    }

    [Fact]
    public async Task WatchThatTimesOutIsBegunAgain()
    {
        _tempera.Engine.Script = static campaign => campaign.TimeOuts = (3, 2);

        var result = await _tempera.Run("run", "rna1", "--rounds", "5", "--json");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal([1, 2, 3, 4, 5], Rounds(result));
    }

    [Fact]
    public async Task CampaignThatNeverAnswersIsAnErrorWithARemedy()
    {
        _tempera.Engine.Script = static campaign => campaign.TimeOuts = (3, int.MaxValue);

        var result = await _tempera.Run("run", "rna1", "--rounds", "5");

        Assert.Equal(1, result.Code);
        Assert.Contains("did not answer in time", result.Error, StringComparison.Ordinal);
        Assert.Contains("`resume`", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailureIsOneSentenceAndExitCode1()
    {
        _tempera.Engine.Script = static campaign => campaign.FailAtRound = 3;

        var result = await _tempera.Run("run", "rna1", "--rounds", "8");

        Assert.Equal(1, result.Code);
        Assert.Equal("tempera: The loss must be finite; received NaN at round 3. Lower learning_rate.\n", result.Error);
    }

    [Fact]
    public async Task ConfigurationOfANewerFormatIsRefused()
    {
        await _tempera.Run("run", "rna1", "--rounds", "2");
        var path = _tempera.At("runs/rna1-seed0/config.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal));

        var result = await _tempera.Run("resume", "rna1-seed0");

        Assert.Equal(1, result.Code);
        Assert.Contains("has format 99", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _tempera.Dispose();

    private static IEnumerable<int> Rounds(CommandResult result) => result.Lines
        .Select(static line => JsonNode.Parse(line)!)
        .Where(static e => (string?)e["event"] == "round")
        .Select(static e => (int)e["round"]!);

    private void InterruptAt(int stop)
    {
        _tempera.Engine.Script = campaign => campaign.OnRound = round =>
        {
            if (round == stop)
            {
                _tempera.Interruptions.Send();
            }
        };
        foreach (var campaign in _tempera.Engine.Campaigns.Values)
        {
            _tempera.Engine.Script(campaign);
        }
    }

    private ScriptedCampaign Campaign(string directory) => _tempera.Engine.Campaigns[_tempera.At(directory)];
}
