namespace Tempera.Silo.Data;

/// <summary>A file of a task, as <c>tempera data</c> shows it.</summary>
/// <param name="Name">Name below the data directory.</param>
/// <param name="Meaning">What it holds.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Sha256">SHA-256 its unpacked content must have.</param>
/// <param name="Message">What is wrong and what to do, or where the file came from.</param>
public sealed record DataFileStatus(string Name, string Meaning, DataFileState State, string Sha256, string? Message);
