using Microsoft.Extensions.Logging;

using Tempera.Grains.Storage;
using Tempera.Grains.Tasks;
using Tempera.Grains.Telemetry;

namespace Tempera.Grains.Hosting;

/// <summary>What all grains of a silo use.</summary>
/// <param name="Blobs">Durable storage.</param>
/// <param name="Specifications">From specifications to tasks and settings.</param>
/// <param name="Time">The clock.</param>
/// <param name="Telemetry">Spans and metrics.</param>
/// <param name="Options">How the grains behave.</param>
/// <param name="Loggers">Logs.</param>
internal sealed record CampaignServices(
    IBlobStore Blobs, SpecificationResolver Specifications, TimeProvider Time, TemperaTelemetry Telemetry, GrainOptions Options,
    ILoggerFactory Loggers);
