using Tempera.Silo.Telemetry;

using Xunit;

namespace Tempera.Silo.Tests.Telemetry;

public sealed class TelemetrySignalsTests
{
    [Theory]
    [InlineData("", false, false, false)]
    [InlineData("OTEL_SERVICE_NAME=x", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://h:1", true, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://h:1", true, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://h:1", false, true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://h:1;OTEL_TRACES_EXPORTER=none", false, true, true)]
    [InlineData("OTEL_METRICS_EXPORTER=console, otlp", false, true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://h:1;OTEL_SDK_DISABLED=TRUE", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://h:1;OTEL_SDK_DISABLED=false", true, true, true)]
    public void Follows_the_standard_variables(string variables, bool traces, bool metrics, bool logs)
    {
        var environment = variables.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1]);

        Assert.Equal(new TelemetrySignals(traces, metrics, logs), TelemetrySignals.From(environment));
    }
}
