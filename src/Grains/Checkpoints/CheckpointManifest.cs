namespace Tempera.Grains.Checkpoints;

/// <summary>The last file of a checkpoint to be written: without it, or with a part that differs from it, there is no checkpoint.</summary>
internal sealed record CheckpointManifest
{
    /// <summary>Format this code writes, and the newest it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Name of the manifest within its checkpoint.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Format of the checkpoint.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Version of Tempera that wrote it.</summary>
    public required string TemperaVersion { get; init; }

    /// <summary>Campaign it belongs to.</summary>
    public required string Campaign { get; init; }

    /// <summary>Task the campaign works on.</summary>
    public required string Task { get; init; }

    /// <summary>Rounds committed.</summary>
    public required int Round { get; init; }

    /// <summary>Lease epoch of the writer.</summary>
    public required long Epoch { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The other files.</summary>
    public required IReadOnlyList<CheckpointPart> Parts { get; init; }
}

/// <summary>A file of a checkpoint.</summary>
/// <param name="Name">Name within the checkpoint.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal.</param>
internal sealed record CheckpointPart(string Name, long Length, string Sha256);
