using System.Globalization;

using OpenTelemetry.Exporter;

namespace Tempera.Silo.Telemetry;

/// <summary>
/// The variables of one signal, <c>OTEL_EXPORTER_OTLP_{signal}_*</c>, which win over those of all signals. The SDK itself reads
/// only the latter when signals are switched on one by one.
/// </summary>
/// <param name="signal"><c>TRACES</c>, <c>METRICS</c> or <c>LOGS</c>.</param>
/// <param name="environment">The OpenTelemetry variables.</param>
internal sealed class OtlpSignalVariables(string signal, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Writes what the signal's variables say; malformed values leave the default, as the specification asks.</summary>
    public void Apply(OtlpExporterOptions options)
    {
        if (Uri.TryCreate(Value("ENDPOINT"), UriKind.Absolute, out var endpoint))
        {
            options.Endpoint = endpoint;
        }

        if (Value("HEADERS") is { } headers)
        {
            options.Headers = headers;
        }

        if (int.TryParse(Value("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            options.TimeoutMilliseconds = milliseconds;
        }

        options.Protocol = Value("PROTOCOL") switch
        {
            "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            _ => options.Protocol,
        };
        options.Compression = Value("COMPRESSION") switch
        {
            "gzip" => OtlpExportCompression.GZip,
            "none" => OtlpExportCompression.None,
            _ => options.Compression,
        };
    }

    private string? Value(string name) =>
        environment.TryGetValue($"OTEL_EXPORTER_OTLP_{signal}_{name}", out var value) && value.Trim() is { Length: > 0 } text ? text : null;
}
