using Microsoft.Extensions.Logging;

namespace Tempera.Silo.Embedding;

/// <summary>What an embedded silo runs on.</summary>
public sealed record EmbeddedSiloOptions
{
    /// <summary>Run directory: holds the campaign's files. Created if missing, unless <see cref="ReadOnly"/>.</summary>
    public required string Directory { get; init; }

    /// <summary>Id of the one campaign that lives in the directory.</summary>
    public required string CampaignId { get; init; }

    /// <summary>
    /// False takes the directory's exclusive lock, so that one process writes at a time; true takes no lock and never writes.
    /// Default false.
    /// </summary>
    public bool ReadOnly { get; init; }

    /// <summary>Adds log providers; null keeps silent. <see cref="StandardErrorLogging.Add"/> suits a terminal.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
