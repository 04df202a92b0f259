namespace Tempera.Silo.Tools;

/// <summary>A task as <c>tempera tasks</c> shows it.</summary>
/// <param name="Name">Name a user types.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Source">Where the data or the formula comes from.</param>
/// <param name="LogObjectCount">Natural logarithm of the number of objects; null where the data decides it.</param>
/// <param name="Steps">Transitions of the longest trajectory; null where the data decides it.</param>
/// <param name="Oracle">Name and version of the oracle.</param>
/// <param name="KnownModes">Modes of the whole space where known.</param>
/// <param name="ModeDefinition">What counts as a mode; null where nothing does.</param>
/// <param name="Rounds">Rounds of a default run.</param>
/// <param name="Width">Hidden width of a default run.</param>
/// <param name="Epsilon">Probability of a uniform step in a default run.</param>
/// <param name="ObjectFile">Extension of the list of objects (<c>fasta</c>, <c>smi</c>), or null.</param>
/// <param name="Data">Files of the data directory that the task reads.</param>
public sealed record TaskSummary(
    string Name, string Description, string Source, double? LogObjectCount, int? Steps, string Oracle, int? KnownModes,
    string? ModeDefinition, int Rounds, int Width, double Epsilon, string? ObjectFile, IReadOnlyList<string> Data);
