using System.Collections;

namespace Tempera.Silo.Telemetry;

/// <summary>The standard OpenTelemetry environment variables.</summary>
/// <remarks>OpenTelemetry specification, "Environment Variable Specification" and "OTLP exporter".</remarks>
internal static class OpenTelemetryVariables
{
    public const string Prefix = "OTEL_";

    /// <summary>The variables of this process that begin with <see cref="Prefix"/>.</summary>
    public static IReadOnlyDictionary<string, string> OfProcess() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(static entry => ((string)entry.Key).StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
