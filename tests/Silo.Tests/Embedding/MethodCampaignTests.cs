using System.Text.RegularExpressions;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Silo.Embedding;

using Xunit;

namespace Tempera.Silo.Tests.Embedding;

/// <summary>Campaigns of other methods and objectives through the real grains: interrupted or not, they are the same.</summary>
public sealed partial class MethodCampaignTests
{
    [Theory]
    [InlineData("hypergrid", "method=ga", "population=16")]
    [InlineData("hypergrid", "method=mcmc")]
    [InlineData("hypergrid", "method=ppo")]
    [InlineData("hypergrid", "objective=led-subtb")]
    [InlineData("rna1", "objective=guided-tb")]
    [InlineData("rna1", "recipe=default")]
    [InlineData("hypergrid", "offline=true")]
    public async Task Halves_in_two_silos_equal_the_whole_in_one(string task, params string[] settings)
    {
        using var whole = new TemporaryFolder();
        using var halves = new TemporaryFolder();
        await Run(whole, task, settings, 12);
        await Run(halves, task, settings, 6);
        await Run(halves, task, settings, 6);
        Assert.Equal(Rounds(whole), Rounds(halves));
        Assert.Equal(12, Rounds(whole).Count);
    }

    [Fact]
    public async Task An_offline_campaign_asks_the_oracle_nothing_and_learns()
    {
        using var directory = new TemporaryFolder();
        await Run(directory, "hypergrid", ["offline=true"], 30);
        await using var silo = await Start(directory);
        var status = await silo.Campaign.Status();
        Assert.Equal((30, 0L, 0), (status.Round, status.OracleCalls, status.Modes));
        Assert.Equal(0, (await silo.Campaign.Evaluations(0, 10)).Total);
        var losses = Rounds(directory).Select(static line => Regex.Match(line, "\"replay_loss\":([0-9.]+)").Groups[1].Value).ToList();
        Assert.All(losses, Assert.NotEmpty);
        Assert.True(double.Parse(losses[^1], System.Globalization.CultureInfo.InvariantCulture) < double.Parse(losses[0], System.Globalization.CultureInfo.InvariantCulture));
        Assert.All(Rounds(directory), static line => Assert.Contains("\"loss\":null", line));
    }

    [Fact]
    public async Task A_method_without_a_policy_refuses_to_be_sampled_and_has_no_curves()
    {
        using var directory = new TemporaryFolder();
        await Run(directory, "hypergrid", ["method=random"], 3);
        await using var silo = await Start(directory);
        var error = await Assert.ThrowsAsync<TemperaException>(() => silo.Campaign.Sample(new SampleRequest(1, 3, 0, Score: false)));
        Assert.Equal(TemperaError.InvalidSetting, error.Code);
        Assert.Contains("method=random", error.Message);
        Assert.Empty((await silo.Campaign.TemperatureCurves(1, 3, 5)).Betas);
    }

    private static async Task Run(TemporaryFolder directory, string task, string[] settings, int rounds)
    {
        await using var silo = await Start(directory);
        var specification = SmallCampaign.Specification with
        {
            Task = task,
            Settings = SmallCampaign.Specification.Settings.Remove("side").AddRange(settings.Select(static setting => setting.Split('='))
                .Select(static pair => KeyValuePair.Create(pair[0], pair[1]))),
        };
        if (settings.Any(static setting => setting.StartsWith("method=", StringComparison.Ordinal)))
        {
            specification = specification with { Settings = specification.Settings.Remove("replay_batch") };
        }

        var before = await silo.Campaign.Create(specification);
        await silo.Campaign.Discover(new DiscoverRequest($"from-{before.Round}", rounds));
        await foreach (var _ in silo.Campaign.Watch(0))
        {
        }
    }

    // Without the times, and without the events of state, which tell of the interruption.
    private static List<string> Rounds(TemporaryFolder directory) =>
        [.. File.ReadLines(Path.Combine(directory.Path, "events.jsonl"))
            .Where(static line => line.Contains("\"event\":\"round\"", StringComparison.Ordinal))
            .Select(static line => Varying().Replace(line, ""))];

    private static Task<EmbeddedSilo> Start(TemporaryFolder directory) => EmbeddedSilo.StartAsync(
        new EmbeddedSiloOptions { Directory = directory.Path, CampaignId = "test" },
        new Surroundings { Variables = new Dictionary<string, string>() }, CancellationToken.None);

    [GeneratedRegex("\"(sequence|seconds|cpu_seconds)\":[^,}]*")]
    private static partial Regex Varying();
}
