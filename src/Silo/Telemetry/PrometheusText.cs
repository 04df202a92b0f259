using System.Text;

using Microsoft.AspNetCore.Http;

using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Tempera.Silo.Telemetry;

/// <summary>All metrics in the text format 0.0.4 of Prometheus, collected when they are asked for.</summary>
/// <remarks>
/// Names follow OpenTelemetry's rules for Prometheus: dots become underscores, the unit is appended, and counters end in
/// <c>_total</c>. See https://prometheus.io/docs/instrumenting/exposition_formats and the OpenTelemetry compatibility specification.
/// </remarks>
internal sealed class PrometheusText : IDisposable
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Exporter _exporter = new();
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Creates the reader, which is added to a meter provider.</summary>
    public PrometheusText() => Reader = new BaseExportingMetricReader(_exporter);

    /// <summary>Where the metrics come from.</summary>
    public MetricReader Reader { get; }

    /// <summary>Writes the metrics as they are now.</summary>
    public async Task Write(HttpResponse response)
    {
        response.ContentType = ContentType;
        await response.WriteAsync(await Collect(response.HttpContext.RequestAborted));
    }

    /// <summary>The metrics as they are now.</summary>
    public async Task<string> Collect(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            Reader.Collect();
            return _exporter.Text.ToString();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Reader.Dispose();
        _one.Dispose();
    }

    private sealed class Exporter : BaseExporter<Metric>
    {
        public StringBuilder Text { get; } = new();

        public override ExportResult Export(in Batch<Metric> batch)
        {
            Text.Clear();
            foreach (var metric in batch)
            {
                PrometheusFormat.Append(Text, metric);
            }

            return ExportResult.Success;
        }
    }
}
