namespace Tempera.Model.Tasks.Data;

/// <summary>A file a task is made of, pinned by its content.</summary>
/// <param name="Name">Name below the data directory, with forward slashes.</param>
/// <param name="Sha256">
/// SHA-256 of the content in lower-case hexadecimal; of a gzip file that of the unpacked content, since one content has many packings.
/// </param>
/// <param name="Meaning">What it holds, for people.</param>
public sealed record TaskDataFile(string Name, string Sha256, string Meaning)
{
    /// <summary>Where the file can be had; null where no public original gives it.</summary>
    public PublicOriginal? Original { get; init; }
}
