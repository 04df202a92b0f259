using System.Diagnostics.Metrics;

using OpenTelemetry;
using OpenTelemetry.Metrics;

using Tempera.Silo.Telemetry;

using Xunit;

namespace Tempera.Cluster.Tests.Telemetry;

public sealed class PrometheusTextTests
{
    [Fact]
    public async Task Metrics_are_written_in_the_text_format()
    {
        using var meter = new Meter("prometheus-text-test");
        using var text = new PrometheusText();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(text.Reader)
            .AddView("a.duration", new ExplicitBucketHistogramConfiguration { Boundaries = [0.1, 1] }).Build();
        var tag = new KeyValuePair<string, object?>("tempera.campaign", "a\"b\\c\n");
        meter.CreateCounter<long>("a.calls", "{call}", "Calls\nmade.").Add(3, tag);
        var histogram = meter.CreateHistogram<double>("a.duration", "s", "Duration.");
        histogram.Record(0.5);
        histogram.Record(5);
        meter.CreateGauge<double>("a.loss", null, "Loss.").Record(double.NaN);

        var lines = (await text.Collect(CancellationToken.None)).Split('\n');

        Assert.Equal(
            [
                "# HELP a_calls_total Calls\\nmade.", "# TYPE a_calls_total counter", "a_calls_total{tempera_campaign=\"a\\\"b\\\\c\\n\"} 3",
                "# HELP a_duration_seconds Duration.", "# TYPE a_duration_seconds histogram",
                "a_duration_seconds_bucket{le=\"0.1\"} 0", "a_duration_seconds_bucket{le=\"1\"} 1", "a_duration_seconds_bucket{le=\"+Inf\"} 2",
                "a_duration_seconds_sum 5.5", "a_duration_seconds_count 2",
                "# HELP a_loss Loss.", "# TYPE a_loss gauge", "a_loss NaN", "",
            ],
            lines);
    }

    [Fact]
    public async Task What_others_measure_is_written_by_the_same_rules()
    {
        using var meter = new Meter("prometheus-text-test-3");
        using var text = new PrometheusText();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(text.Reader)
            .AddView("b.latency", new ExplicitBucketHistogramConfiguration { Boundaries = [250] }).Build();
        meter.CreateHistogram<double>("b.latency", "ms").Record(500, new KeyValuePair<string, object?>("ConnectionDirection", "SiloToSilo"));

        Assert.Equal(
            [
                "# HELP b_latency_seconds b.latency of prometheus-text-test-3.", "# TYPE b_latency_seconds histogram",
                "b_latency_seconds_bucket{connection_direction=\"SiloToSilo\",le=\"0.25\"} 0",
                "b_latency_seconds_bucket{connection_direction=\"SiloToSilo\",le=\"+Inf\"} 1",
                "b_latency_seconds_sum{connection_direction=\"SiloToSilo\"} 0.5", "b_latency_seconds_count{connection_direction=\"SiloToSilo\"} 1", "",
            ],
            (await text.Collect(CancellationToken.None)).Split('\n'));
    }

    [Fact]
    public async Task Counters_go_on_from_one_collection_to_the_next()
    {
        using var meter = new Meter("prometheus-text-test-2");
        using var text = new PrometheusText();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(text.Reader).Build();
        var counter = meter.CreateCounter<long>("n");
        counter.Add(1);
        Assert.Contains("n_total 1\n", await text.Collect(CancellationToken.None));
        counter.Add(1);
        Assert.Contains("n_total 2\n", await text.Collect(CancellationToken.None));
    }
}
