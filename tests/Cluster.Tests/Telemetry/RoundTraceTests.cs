using Tempera.Cluster.Tests.Fixtures;
using Tempera.Silo.Tests.Telemetry;

using Xunit;

namespace Tempera.Cluster.Tests.Telemetry;

/// <summary>The rounds that a client asks for lie in its trace, whatever silos they run on: real silos and clients, which send to one collector.</summary>
[Collection(ServicesCollection.Name)]
public sealed class RoundTraceTests(Services services)
{
    private const string Id = "traced";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string[] Small =
        ["--set", "width=16", "--set", "batch=8", "--set", "replay_batch=8", "--set", "checkpoint_every=2", "--threads", "1"];

    [Fact]
    public async Task A_round_is_one_trace_from_the_client_to_the_checkpoint_over_two_silos()
    {
        await using var receiver = new OtlpReceiver();
        await using var cluster = services.NewCluster();
        cluster.Environment = Asking(receiver);
        await cluster.Start(silos: 2);
        await Succeeds(cluster, ["start", "rna1", "--rounds", "4", "--id", Id, .. Small, "--set", "searchers=2"]);
        await Succeeds(cluster, "discover", Id, "--rounds", "4", "--wait");
        await Wait.Until(() => Task.FromResult(Traces(receiver, 8).Count == 1 && Find(receiver, "checkpoint.write", 8).Count == 1), Limit, () => Seen(receiver));

        var asked = Assert.Single(receiver.Spans, static span => span.Name == "client.discover" && span.Campaign == Id);
        var trace = receiver.Spans.Where(span => span.Trace == asked.Trace).ToDictionary(static span => span.Id);
        Assert.Equal("", asked.Parent);
        Assert.Equal([5, 6, 7, 8], trace.Values.Where(static span => span.Name == "campaign.round").Select(static span => span.Round!.Value).Order());
        Assert.Equal([6, 8], trace.Values.Where(static span => span.Name == "checkpoint.write").Select(static span => span.Round!.Value).Order());
        Assert.Contains(trace.Values, static span => span.Name == "checkpoint.part");
        // The client, the silo of the campaign and the other searcher's.
        Assert.Equal(3, trace.Values.Select(static span => span.Instance).Distinct().Count());
        Assert.Equal(2, trace.Values.Where(static span => span.Name == "searcher.search").Select(static span => span.Instance).Distinct().Count());
        foreach (var name in new[] { "searcher.harvest", "oracle.evaluate", "replay.append", "trainer.learn" })
        {
            Assert.Equal(4, trace.Values.Count(span => span.Name == name && trace[span.Parent].Name == "campaign.round"));
        }

        // Every span lies in another one of the trace, up to the client's; but for those of a watch, whose own span Orleans sends when the watch has been told of its end.
        Assert.All(
            trace.Values.Where(static span => !span.Name.StartsWith("IAsyncEnumerableGrainExtension/", StringComparison.Ordinal)),
            span => Assert.True(span == asked || trace.ContainsKey(span.Parent), $"{span} lies in no span of its trace."));
        Assert.All(trace.Values.Where(static span => span.Name == "checkpoint.write"), span => Assert.Equal(span.Round, trace[span.Parent].Round));
        Assert.NotEqual(asked.Trace, Assert.Single(Traces(receiver, 4)));

        // A client that samples nothing asks for rounds that nobody samples; the next one is seen again.
        cluster.Environment = new Dictionary<string, string>(Asking(receiver)) { ["OTEL_TRACES_SAMPLER"] = "always_off" };
        await Succeeds(cluster, "discover", Id, "--rounds", "2", "--wait");
        cluster.Environment = Asking(receiver);
        await Succeeds(cluster, "discover", Id, "--rounds", "2", "--wait");
        await Wait.Until(() => Task.FromResult(Find(receiver, "checkpoint.write", 12).Count == 1), Limit, () => Seen(receiver));
        Assert.Empty(Traces(receiver, 9));
        Assert.Empty(Find(receiver, "checkpoint.write", 10));
        Assert.DoesNotContain(receiver.Spans, span => span.Name == "checkpoint.part" && !receiver.Spans.Any(parent => parent.Id == span.Parent));
        Assert.Single(Traces(receiver, 11));
    }

    [Fact]
    public async Task A_trainer_on_another_silo_works_within_the_trace_of_the_round()
    {
        await using var receiver = new OtlpReceiver();
        await using var cluster = services.NewCluster();
        cluster.Environment = Asking(receiver);
        await cluster.Start(silos: 1);
        await Succeeds(cluster, ["start", "rna1", "--rounds", "1000000", "--id", Id, .. Small, "--device", "auto"]);
        await Wait.Until(() => Task.FromResult(Traces(receiver, 2).Count == 1), Limit, () => Seen(receiver));
        var home = Find(receiver, "campaign.round", 2)[0].Instance;

        // A GPU that is announced takes the trainer, at a round boundary.
        await cluster.Start(silos: 1, ("accelerators", "cuda:1:3GiB"));
        await Wait.Until(() => Task.FromResult(receiver.Spans.Any(span => span.Name == "checkpoint.part" && span.Instance != home)), Limit, () => Seen(receiver));
        await Succeeds(cluster, "pause", Id);

        var spans = receiver.Spans.DistinctBy(static span => span.Id).ToDictionary(static span => span.Id);
        var abroad = spans.Values.Where(span => span.Instance != home).ToList();
        Assert.All(abroad.Where(static span => span.Name is "checkpoint.part" or "ITrainerGrain/Learn"), span =>
        {
            var outermost = Assert.Single(Within(spans, span), static span => span.Name == "campaign.round");
            Assert.Equal((home, span.Trace), (outermost.Instance, outermost.Trace));
        });
        Assert.Contains(abroad, static span => span.Name == "ITrainerGrain/Learn");
    }

    [Fact]
    public async Task A_campaign_that_lost_its_silo_carries_on_in_the_trace_that_asked()
    {
        await using var receiver = new OtlpReceiver();
        await using var cluster = services.NewCluster();
        cluster.Environment = Asking(receiver);
        await cluster.Start(silos: 2);
        await Succeeds(cluster, ["start", "rna1", "--rounds", "1000000", "--id", Id, .. Small]);
        var (owner, _) = await cluster.OwnerOf(Id);
        await Wait.Until(() => Task.FromResult(Traces(receiver, 150).Count == 1), Limit, () => Seen(receiver));
        await owner.Process.Kill();
        await Wait.Until(() => Task.FromResult(receiver.Spans.Any(static span => span is { Name: "campaign.round", Epoch: 2 })), Limit, () => Seen(receiver));
        await Succeeds(cluster, "pause", Id);

        var asked = Assert.Single(receiver.Spans, static span => span.Name == "client.start");
        var rounds = receiver.Spans.Where(static span => span is { Name: "campaign.round", Campaign: Id }).ToList();
        Assert.All(rounds.Where(static round => round.Round <= 100), round => Assert.Equal(asked.Trace, round.Trace));
        var later = rounds.Where(static round => round.Round > 100).ToList();
        Assert.Equal(later.Count, later.Select(static round => round.Trace).Distinct().Count());
        Assert.All(later, round => Assert.Equal([asked.Trace], round.Links));
        Assert.Contains(later, static round => round.Epoch == 2);
    }

    private static Dictionary<string, string> Asking(OtlpReceiver receiver) => new()
    {
        ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = receiver.Endpoint + "/v1/traces",
        ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BSP_MAX_QUEUE_SIZE"] = "100000",
    };

    private static async Task Succeeds(RealCluster cluster, params string[] arguments)
    {
        var (code, output) = await cluster.Tempera(arguments);
        Assert.True(code == 0, output);
    }

    private static List<OtlpSpan> Find(OtlpReceiver receiver, string name, int round) =>
        [.. receiver.Spans.Where(span => span.Campaign == Id && span.Name == name && span.Round == round)];

    private static IReadOnlyList<string> Traces(OtlpReceiver receiver, int round) =>
        [.. Find(receiver, "campaign.round", round).Select(static span => span.Trace).Distinct()];

    // The spans that a span lies in.
    private static IEnumerable<OtlpSpan> Within(Dictionary<string, OtlpSpan> spans, OtlpSpan span)
    {
        for (var outer = spans.GetValueOrDefault(span.Parent); outer is not null; outer = spans.GetValueOrDefault(outer.Parent))
        {
            yield return outer;
        }
    }

    private static string Seen(OtlpReceiver receiver) =>
        "spans; received: " + string.Join(' ', receiver.Spans.GroupBy(static span => span.Name).Select(static group => $"{group.Key} {group.Count()}"));
}
