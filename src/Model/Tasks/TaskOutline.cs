using Tempera.Model.Spaces;

namespace Tempera.Model.Tasks;

/// <summary>What can be said of a task before its data is there.</summary>
public sealed record TaskOutline
{
    /// <summary>One sentence for <c>tempera tasks</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Where the data or the formula comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The design space; null where the data decides it.</summary>
    public IDesignSpace? Space { get; init; }

    /// <summary>What gives the scores, in words.</summary>
    public required string Oracle { get; init; }

    /// <summary>What counts as a mode under default settings; null where nothing does.</summary>
    public string? ModeDefinition { get; init; }

    /// <summary>Number of these modes where known.</summary>
    public int? KnownModes { get; init; }

    /// <summary>Suggested settings.</summary>
    public required TaskDefaults Defaults { get; init; }

    /// <summary>Extension of the list of objects (<c>fasta</c>, <c>smi</c>), or null.</summary>
    public string? ObjectFile { get; init; }

    /// <summary>The outline of a task that was made.</summary>
    public static TaskOutline Of(DesignTask task) => new()
    {
        Description = task.Description,
        Source = task.Source,
        Space = task.Space,
        Oracle = task.Oracle.Version,
        ModeDefinition = task.Modes?.Definition,
        KnownModes = task.Modes?.KnownCount,
        Defaults = task.Defaults,
        ObjectFile = task.ObjectFile,
    };
}
