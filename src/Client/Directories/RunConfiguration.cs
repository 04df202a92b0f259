using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

using Tempera.Client.CommandLine;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Directories;

/// <summary>What config.json says: the resolved specification, and what it was started with.</summary>
internal sealed record RunConfiguration
{
    /// <summary>Newest format this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Format of the file.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Campaign id inside the directory.</summary>
    public required string Campaign { get; init; }

    /// <summary>The specification, every default filled in.</summary>
    public required CampaignSpecification Specification { get; init; }

    /// <summary>Versions of what computes.</summary>
    public required ImmutableSortedDictionary<string, string> Versions { get; init; }

    /// <summary>The machine.</summary>
    public required HostFacts Host { get; init; }

    /// <summary>The command that started the run.</summary>
    public required string Command { get; init; }

    /// <summary>When the run was started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Directory of task data at the last sitting; null for none.</summary>
    public string? Data { get; init; }

    /// <summary>Later sittings, oldest first.</summary>
    public ImmutableArray<RunSitting> Resumed { get; init; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandException">It is damaged or of a newer format.</exception>
    public static RunConfiguration Read(string path)
    {
        RunConfiguration? configuration;
        try
        {
            configuration = JsonSerializer.Deserialize<RunConfiguration>(File.ReadAllText(path), Options);
        }
        catch (JsonException error)
        {
            throw CommandException.Failed(
                $"config.json of a run is JSON as Tempera wrote it; '{path}' is damaged at line {error.LineNumber + 1}. Restore it from a copy, or delete it and name the same settings again with `tempera run`.", error);
        }

        return configuration switch
        {
            null => throw CommandException.Failed($"config.json of a run is a JSON object; '{path}' holds null. Restore it from a copy."),
            { Format: > CurrentFormat } => throw CommandException.Failed(
                $"This version reads config.json up to format {CurrentFormat}; '{path}' has format {configuration.Format}. Use the newer Tempera that wrote it."),
            _ => configuration,
        };
    }

    /// <summary>Writes the file as a whole or not at all.</summary>
    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.Serialize(this, Options) + "\n");
}

/// <summary>A later sitting of a run.</summary>
/// <param name="At">When it began, UTC.</param>
/// <param name="Command">The command typed.</param>
/// <param name="Version">Version of Tempera.</param>
/// <param name="Machine">Processor and operating system.</param>
internal sealed record RunSitting(DateTimeOffset At, string Command, string Version, string Machine);
