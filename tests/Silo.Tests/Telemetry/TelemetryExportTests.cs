using System.Diagnostics;
using System.Diagnostics.Metrics;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

using Tempera.Silo.Embedding;
using Tempera.Silo.Telemetry;

using Xunit;

namespace Tempera.Silo.Tests.Telemetry;

public sealed class TelemetryExportTests
{
    [Fact]
    public async Task Sends_spans_and_metrics_of_Tempera_and_Orleans_to_the_endpoint_in_the_environment()
    {
        using var directory = new TemporaryFolder();
        await using var receiver = new OtlpReceiver();
        using var source = new ActivitySource("Tempera");
        using var meter = new Meter("Tempera");

        await using (var silo = await EmbeddedSilo.StartAsync(Options(directory), new Surroundings { Variables = Asking(receiver) }, CancellationToken.None))
        {
            using (source.StartActivity("test.span"))
            {
                await silo.GrainFactory.GetGrain<IManagementGrain>(0).GetHosts();
            }

            meter.CreateCounter<long>("test.count").Add(3);
        }

        Assert.Contains(receiver.Spans, static span => span is { Scope: "Tempera", Name: "test.span" });
        Assert.Contains(receiver.Spans, static span => span.Scope.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal));
        Assert.Contains(("Tempera", "test.count"), receiver.Metrics);
        Assert.Contains(receiver.Metrics, static metric => metric.Scope == "Microsoft.Orleans");
        Assert.Equal("tempera", receiver.Resource["service.name"]);
        Assert.StartsWith("0.", receiver.Resource["service.version"], StringComparison.Ordinal);
        Assert.True(Guid.TryParse(receiver.Resource["service.instance.id"], out _));
    }

    [Fact]
    public async Task A_campaign_sends_the_spans_and_metrics_that_dashboards_rely_on()
    {
        using var directory = new TemporaryFolder();
        await using var receiver = new OtlpReceiver();

        await using (var silo = await EmbeddedSilo.StartAsync(Options(directory), new Surroundings { Variables = Asking(receiver) }, CancellationToken.None))
        {
            await SmallCampaign.Run(silo.Campaign, rounds: 3);
        }

        // A process has one set of listeners, so other tests' spans arrive as well.
        var own = receiver.Spans.Where(static span => span.Campaign == "telemetry").ToList();
        var rounds = own.Where(static span => span.Name == "campaign.round").ToList();
        Assert.Equal(3, rounds.Count);
        Assert.Contains(own, static span => span.Name == "checkpoint.write");
        Assert.All(rounds, round => Assert.Superset(
            new HashSet<string> { "trainer.propose", "oracle.evaluate", "replay.append", "trainer.learn" },
            receiver.Spans.Where(span => span.Trace == round.Trace && span.Scope == "Tempera").Select(static span => span.Name).ToHashSet()));
        Assert.Superset(
            new HashSet<string>
            {
                "tempera.round.duration", "tempera.rounds", "tempera.oracle.latency", "tempera.oracle.calls", "tempera.modes.discovered",
                "tempera.loss", "tempera.logits.clamped", "tempera.replay.objects", "tempera.checkpoint.duration",
            },
            receiver.Metrics.Where(static metric => metric.Scope == "Tempera").Select(static metric => metric.Name).ToHashSet());
    }

    [Fact]
    public async Task The_environment_names_the_service_and_switches_a_signal_off()
    {
        using var directory = new TemporaryFolder();
        await using var receiver = new OtlpReceiver();
        using var source = new ActivitySource("Tempera");
        var environment = Asking(receiver);
        environment["OTEL_SERVICE_NAME"] = "night-run";
        environment["OTEL_METRICS_EXPORTER"] = "none";
        environment["OTEL_LOGS_EXPORTER"] = "none";

        await using (await EmbeddedSilo.StartAsync(Options(directory), new Surroundings { Variables = environment }, CancellationToken.None))
        {
            source.StartActivity("test.span")!.Dispose();
        }

        Assert.Equal("night-run", receiver.Resource["service.name"]);
        Assert.All(receiver.Paths, static path => Assert.Equal("/v1/traces", path));
        Assert.NotEmpty(receiver.Paths);
    }

    [Fact]
    public async Task A_signal_may_have_an_endpoint_of_its_own()
    {
        using var directory = new TemporaryFolder();
        await using var receiver = new OtlpReceiver();
        using var meter = new Meter("Tempera");
        var environment = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = receiver.Endpoint + "/v1/metrics",
            ["OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"] = "http/protobuf",
        };

        await using (await EmbeddedSilo.StartAsync(Options(directory), new Surroundings { Variables = environment }, CancellationToken.None))
        {
            meter.CreateCounter<long>("test.count").Add(3);
        }

        Assert.Contains(("Tempera", "test.count"), receiver.Metrics);
        Assert.All(receiver.Paths, static path => Assert.Equal("/v1/metrics", path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Opens_nothing_when_nothing_is_asked_for(bool disabled)
    {
        var environment = disabled
            ? new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1", ["OTEL_SDK_DISABLED"] = "true" }
            : [];
        var builder = Host.CreateEmptyApplicationBuilder(null);

        builder.AddTemperaTelemetry(environment);

        using var host = builder.Build();
        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<MeterProvider>());
        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), static service =>
            service.GetType().Namespace!.StartsWith("OpenTelemetry", StringComparison.Ordinal));
    }

    [Fact]
    public void Reads_only_the_variables_of_OpenTelemetry()
    {
        Assert.All(OpenTelemetryVariables.OfProcess().Keys, static name => Assert.StartsWith("OTEL_", name, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Asking(OtlpReceiver receiver) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    private static EmbeddedSiloOptions Options(TemporaryFolder directory) => new() { Directory = directory.Path, CampaignId = "telemetry" };
}
