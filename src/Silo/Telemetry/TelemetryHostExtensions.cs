using System.Reflection;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

using Tempera.Grains.Telemetry;

namespace Tempera.Silo.Telemetry;

/// <summary>Exports Tempera's and Orleans' telemetry over OTLP when the standard environment variables ask for it, and metrics to Prometheus.</summary>
internal static class TelemetryHostExtensions
{
    private const string OrleansSources = "Microsoft.Orleans.*";
    private const string OrleansMeter = "Microsoft.Orleans";

    /// <summary>Adds the exporters that are asked for; adds nothing at all when none is.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="environment">The OpenTelemetry variables.</param>
    /// <param name="prometheus">Adds a <see cref="PrometheusText"/>.</param>
    public static void AddTemperaTelemetry(
        this IHostApplicationBuilder builder, IReadOnlyDictionary<string, string> environment, bool prometheus = false)
    {
        var signals = TelemetrySignals.From(environment);
        if (!signals.Any && !prometheus)
        {
            return;
        }

        // The SDK reads its settings from the host's configuration.
        builder.Configuration.AddInMemoryCollection(environment.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource
                .AddService("tempera", serviceVersion: ProductVersion, serviceInstanceId: Guid.NewGuid().ToString())
                .AddEnvironmentVariableDetector());
        if (signals.Traces)
        {
            telemetry.WithTracing(traces => traces.AddSource(InstrumentNames.ActivitySource).AddSource(OrleansSources)
                .AddOtlpExporter("traces", new OtlpSignalVariables("TRACES", environment).Apply));
        }

        if (prometheus)
        {
            builder.Services.AddSingleton<PrometheusText>();
            telemetry.WithMetrics(static metrics => metrics.AddMeter(InstrumentNames.Meter).AddMeter(OrleansMeter)
                .AddReader(static services => services.GetRequiredService<PrometheusText>().Reader));
        }

        if (signals.Metrics)
        {
            telemetry.WithMetrics(metrics => metrics.AddMeter(InstrumentNames.Meter).AddMeter(OrleansMeter)
                .AddOtlpExporter("metrics", new OtlpSignalVariables("METRICS", environment).Apply));
        }

        if (signals.Logs)
        {
            telemetry.WithLogging(logs => logs.AddOtlpExporter("logs", new OtlpSignalVariables("LOGS", environment).Apply));
        }
    }

    private static string ProductVersion { get; } =
        typeof(TelemetryHostExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
