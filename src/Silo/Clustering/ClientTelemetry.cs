using System.Diagnostics;

using Microsoft.Extensions.Hosting;

using Tempera.Grains.Telemetry;
using Tempera.Silo.Telemetry;

namespace Tempera.Silo.Clustering;

/// <summary>Telemetry of a client of a cluster: a command is a span, and the rounds that it asks for lie in its trace.</summary>
public sealed class ClientTelemetry : IDisposable
{
    private readonly ActivitySource _source = new(InstrumentNames.ActivitySource);

    /// <summary>Adds the exporters that the OpenTelemetry variables of this process ask for, and carries traces along with the calls of an Orleans client.</summary>
    /// <param name="builder">The client's host. Its end waits until what was recorded is sent.</param>
    public static void AddTo(IHostApplicationBuilder builder)
    {
        builder.AddTemperaTelemetry(OpenTelemetryVariables.OfProcess());
        builder.UseOrleansClient(static client => client.AddTracePropagation());
    }

    /// <summary>Starts the span <c>client.VERB</c> of a command that concerns a campaign; null while nobody listens.</summary>
    public Activity? Start(string verb, string campaign) =>
        _source.StartActivity(SpanNames.ClientPrefix + verb, ActivityKind.Client)?.SetTag(InstrumentNames.CampaignTag, campaign);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
