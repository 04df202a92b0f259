using System.Text.Json.Nodes;
using Tempera.Client.Tests.Fakes;
using Xunit;

using Xunit;

namespace Tempera.Client.Tests.CommandLine;

/// <summary>Options, <c>--set</c> and files say the same things; the command line wins.</summary>
public sealed class SpecificationOptionsTests : IDisposable
{
    private readonly TestCommandLine _tempera = new();

    [Theory]
    [InlineData("--conditioning layer")]
    [InlineData("--set conditioning=layer")]
    [InlineData("--set Conditioning=layer")]
    public async Task TypedOptionIsTheSettingOfItsName(string options)
    {
        var settings = await SettingsOf(["run", "rna1", "--rounds", "2", .. options.Split(' ')]);

        Assert.Equal("layer", (string?)settings["conditioning"]);
    }

    [Theory]
    [InlineData("c.yaml", "task: rna1\nrounds: 3\nseed: 7\nwidth: 64\nconditioning: layer\n")]
    [InlineData("c.yaml", "task: rna1\nrounds: 3\nseed: 7\nsettings:\n  width: 64\n  conditioning: 'layer'\n")]
    [InlineData("c.json", """{"task":"rna1","rounds":3,"seed":7,"width":64,"conditioning":"layer"}""")]
    [InlineData("c.json", """{"format":1,"specification":{"task":"rna1","rounds":3,"seed":7,"budget":null,"settings":{"width":"64","conditioning":"layer"}}}""")]
    public async Task FileGivesSettings(string name, string text)
    {
        _tempera.Write(name, text);

        var result = await _tempera.Run("run", "--config", name, "--out", "d");
        var specification = Configuration("d")["specification"]!;

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(("rna1", 3, 7), ((string?)specification["task"], (int)specification["rounds"]!, (int)specification["seed"]!));
        Assert.Equal(("64", "layer"), ((string?)specification["settings"]!["width"], (string?)specification["settings"]!["conditioning"]));
    }

    [Fact]
    public async Task CommandLineWinsOverFile()
    {
        _tempera.Write("c.yaml", "task: hypergrid\nrounds: 30\nseed: 7\nwidth: 64\nthreads: 1\n");

        await _tempera.Run("run", "rna1", "--config", "c.yaml", "--out", "d", "--rounds", "2", "--seed", "9", "--set", "width=32", "--threads", "2");
        var specification = Configuration("d")["specification"]!;

        Assert.Equal(("rna1", 2, 9), ((string?)specification["task"], (int)specification["rounds"]!, (int)specification["seed"]!));
        Assert.Equal(("32", "2"), ((string?)specification["settings"]!["width"], (string?)specification["settings"]!["threads"]));
    }

    [Fact]
    public async Task ConfigurationOfARunStartsTheSameRunAgain()
    {
        await _tempera.Run("run", "rna1", "--rounds", "2", "--seed", "5", "--set", "width=8", "--out", "first");
        await _tempera.Run("run", "--config", "first/config.json", "--out", "second");

        Assert.Equal(Configuration("first")["specification"]!.ToJsonString(), Configuration("second")["specification"]!.ToJsonString());
    }

    [Theory]
    [InlineData("c.json", """{"width": }""", "line 1, position")]
    [InlineData("c.yaml", "width: [1\n", "valid YAML")]
    [InlineData("c.yaml", "- width\n", "one map of settings")]
    [InlineData("c.yaml", "width: [1, 2]\n", "'width' is neither")]
    [InlineData("c.yaml", "rounds: many\n", "received 'many'")]
    [InlineData("c.yaml", "seed: -3\n", "received '-3'")]
    public async Task MalformedFileSaysWhere(string name, string text, string expected)
    {
        _tempera.Write(name, text);

        var result = await _tempera.Run("run", "rna1", "--config", name);

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DataDirectoryBecomesTheVariable()
    {
        Directory.CreateDirectory(_tempera.At("data"));

        await _tempera.Run("tasks", "--data", "data");

        Assert.Equal(_tempera.At("data"), _tempera.Variables["TEMPERA_DATA"]);
    }

    public void Dispose() => _tempera.Dispose();

    private async Task<JsonNode> SettingsOf(string[] arguments)
    {
        var result = await _tempera.Run([.. arguments, "--out", "d"]);
        Assert.Equal((0, ""), (result.Code, result.Error));
        return Configuration("d")["specification"]!["settings"]!;
    }

    private JsonNode Configuration(string directory) => JsonNode.Parse(File.ReadAllText(_tempera.At(directory + "/config.json")))!;
}
