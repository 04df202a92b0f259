using System.Diagnostics;
using System.Text.Json;

using Tempera.Cluster.Tests.Fixtures;

using Xunit;

namespace Tempera.Cluster.Tests.Clustering;

/// <summary>The command line against a real silo.</summary>
[Collection(ServicesCollection.Name)]
public sealed class ClusterCommandTests(Services services)
{
    private static readonly string[] Small = ["--set", "side=4", "--set", "width=8", "--set", "batch=8", "--set", "replay_batch=8", "--threads", "1"];

    [Fact]
    public async Task A_campaign_is_started_extended_once_a_key_watched_paused_and_cancelled()
    {
        await using var cluster = await services.NewCluster().Start(silos: 1);
        var silo = cluster.Silos.Single();
        Assert.True(await silo.Answers("/health/live"));
        Assert.True(await silo.Answers("/health/started"));

        Assert.Equal(0, (await cluster.Tempera(["start", "hypergrid", "--rounds", "20", "--id", "g", .. Small])).Code);
        var (code, output) = await cluster.Tempera("watch", "g", "--after", "0", "--json");
        Assert.Equal(0, code);
        var lines = output.Split('\n').Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            Enumerable.Range(1, 20),
            lines.Where(static line => line.TryGetProperty("event", out var kind) && kind.GetString() == "round").Select(static line => line.GetProperty("round").GetInt32()));
        Assert.Equal("completed", lines[^1].GetProperty("state").GetString());

        for (var repeat = 0; repeat < 2; repeat++)
        {
            (code, output) = await cluster.Tempera("discover", "g", "--rounds", "5", "--key", "job-1", "--wait", "--json");
            Assert.Equal(0, code);
            Assert.Equal(25, JsonDocument.Parse(output.Split('\n')[^1]).RootElement.GetProperty("round").GetInt32());
        }

        await cluster.Tempera("discover", "g", "--rounds", "1000000");
        var paused = await State("pause");
        Assert.Equal("paused", paused.GetProperty("state").GetString());
        Assert.Equal(paused.GetProperty("round").GetInt32(), paused.GetProperty("checkpoint_round").GetInt32());
        Assert.Contains("g ", (await cluster.Tempera("list")).Output);
        Assert.Equal("cancelled", (await State("cancel")).GetProperty("state").GetString());
        Assert.Equal("cancelled", (await State("status")).GetProperty("state").GetString());
        Assert.Equal(paused.GetProperty("round").GetInt32(), await silo.Counter("tempera_rounds_total"));

        async Task<JsonElement> State(string verb) => JsonDocument.Parse((await cluster.Tempera(verb, "g", "--json")).Output).RootElement;
    }

    [Fact]
    public async Task What_is_not_there_is_said_within_seconds_and_by_the_exit_code()
    {
        await using var cluster = await services.NewCluster().Start(silos: 1);
        var (code, output) = await cluster.Tempera("status", "nothing");
        Assert.Equal(2, code);
        Assert.Contains("'nothing'", output);

        await cluster.KillAll();
        var started = Stopwatch.GetTimestamp();
        await using var child = Child.Start(SiloProcess.Program, ["list", "--cluster", $"127.0.0.1:{Child.FreePort()}"]);
        Assert.Equal(3, await child.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Contains("A silo must answer", child.Output);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 40);
    }

    [Fact]
    public async Task A_silo_says_what_is_wrong_with_its_settings()
    {
        await using var none = Child.Start(SiloProcess.Program, ["silo"]);
        Assert.Equal(2, await none.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Contains("redis", none.Output);
        await using var wrong = Child.Start(SiloProcess.Program, ["silo", "--set", "silo_port=0"]);
        Assert.Equal(2, await wrong.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Contains("silo_port", wrong.Output);
    }
}
