namespace Tempera.Silo.Telemetry;

/// <summary>Which signals the environment asks to have exported over OTLP.</summary>
/// <param name="Traces">Spans.</param>
/// <param name="Metrics">Instruments.</param>
/// <param name="Logs">Log records.</param>
internal readonly record struct TelemetrySignals(bool Traces, bool Metrics, bool Logs)
{
    /// <summary>True when anything is to be exported.</summary>
    public bool Any => Traces || Metrics || Logs;

    /// <summary>
    /// A signal is asked for by <c>OTEL_{signal}_EXPORTER=otlp</c>, or, where that is unset, by an endpoint for it or for all
    /// signals. <c>OTEL_SDK_DISABLED=true</c> switches everything off.
    /// </summary>
    public static TelemetrySignals From(IReadOnlyDictionary<string, string> environment)
    {
        if (string.Equals(Value("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        return new TelemetrySignals(Asks("TRACES"), Asks("METRICS"), Asks("LOGS"));

        bool Asks(string signal)
        {
            var exporters = Value($"OTEL_{signal}_EXPORTER");
            return exporters.Length > 0
                ? exporters.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase)
                : Value("OTEL_EXPORTER_OTLP_ENDPOINT").Length > 0 || Value($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT").Length > 0;
        }

        // The specification treats an empty value like an unset one.
        string Value(string name) => environment.TryGetValue(name, out var value) ? value.Trim() : "";
    }
}
