using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Tempera.Silo.Telemetry;

/// <summary>One metric as lines of Prometheus' text format, by its own rules: base units, names in snake_case, a sentence for each.</summary>
internal static partial class PrometheusFormat
{
    /// <summary>Appends a metric with its comment lines.</summary>
    public static void Append(StringBuilder text, Metric metric)
    {
        var (kind, name, scale) = (Kind(metric.MetricType), Name(metric), metric.Unit == "ms" ? 1e-3 : 1);
        var description = string.IsNullOrWhiteSpace(metric.Description) ? $"{metric.Name} of {metric.MeterName}." : metric.Description;
        text.Append("# HELP ").Append(name).Append(' ').Append(Escape(description)).Append('\n')
            .Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            Append(text, name, metric.MetricType, in point, scale);
        }
    }

    private static void Append(StringBuilder text, string name, MetricType type, in MetricPoint point, double scale)
    {
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Line(text, name, point.Tags, null, point.GetSumLong() * scale);
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Line(text, name, point.Tags, null, point.GetSumDouble() * scale);
                break;
            case MetricType.LongGauge:
                Line(text, name, point.Tags, null, point.GetGaugeLastValueLong() * scale);
                break;
            case MetricType.DoubleGauge:
                Line(text, name, point.Tags, null, point.GetGaugeLastValueDouble() * scale);
                break;
            case MetricType.Histogram:
                Histogram(text, name, in point, scale);
                break;
            default:
                break;
        }
    }

    private static void Histogram(StringBuilder text, string name, in MetricPoint point, double scale)
    {
        var below = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            Line(text, name + "_bucket", point.Tags, bucket.ExplicitBound * scale, below);
        }

        Line(text, name + "_sum", point.Tags, null, point.GetHistogramSum() * scale);
        Line(text, name + "_count", point.Tags, null, point.GetHistogramCount());
    }

    private static void Line(StringBuilder text, string name, ReadOnlyTagCollection tags, double? bound, double value)
    {
        text.Append(name);
        var separator = '{';
        foreach (var (key, tag) in tags)
        {
            text.Append(separator).Append(SnakeCase(key)).Append("=\"")
                .Append(Escape(Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "").Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            separator = ',';
        }

        if (bound is { } le)
        {
            text.Append(separator).Append("le=\"").Append(Number(le)).Append('"');
            separator = ',';
        }

        text.Append(separator == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static string Kind(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Name(Metric metric)
    {
        var unit = metric.Unit switch
        {
            "s" or "ms" => "_seconds",
            "By" or "bytes" => "_bytes",
            _ => "",
        };
        var name = Sanitise(metric.Name);
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return Kind(metric.MetricType) == "counter" && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Sanitise(string name) => string.Concat(name.Select(static (c, i) =>
        char.IsAsciiLetter(c) || (i > 0 && char.IsAsciiDigit(c)) ? c : '_'));

    // ConnectionDirection and connection.direction become connection_direction.
    private static string SnakeCase(string name) => Sanitise(WordBoundary().Replace(name, "$1_$2").ToLowerInvariant());

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("([a-z0-9])([A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex WordBoundary();
}
