using System.Collections.Immutable;
using Tempera.Model.Modes;
using Tempera.Model.Oracles;
using Tempera.Model.Spaces;

namespace Tempera.Model.Tasks;

/// <summary>A design problem: a space, an oracle, a reward scale, and what is known about its target.</summary>
public sealed record DesignTask
{
    /// <summary>Name a user types, for example <c>rna1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for <c>tempera tasks</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Where the data or the formula comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The design space.</summary>
    public required IDesignSpace Space { get; init; }

    /// <summary>The oracle.</summary>
    public required IOracle Oracle { get; init; }

    /// <summary>
    /// Raw scores of partial objects, computed and never paid for; null where a partial object has no meaningful score. Forward-looking
    /// objectives need it.
    /// </summary>
    public IOracle? PartialScores { get; init; }

    /// <summary>The objects whose scores are in a table; null where the oracle scores every object.</summary>
    public IReadOnlyList<UInt128>? Measured { get; init; }

    /// <summary>From raw score to reward.</summary>
    public required RewardScale Reward { get; init; }

    /// <summary>Suggested settings.</summary>
    public required TaskDefaults Defaults { get; init; }

    /// <summary>What counts as a mode; null where the task defines none.</summary>
    public IModeRule? Modes { get; init; }

    /// <summary>Exact facts about the target; null where only enumeration or estimates can tell.</summary>
    public ITargetStatistics? Target { get; init; }

    /// <summary>The distance of two objects by which diversity is measured; null where the field has none.</summary>
    public IObjectDistance? Distance { get; init; }

    /// <summary>A second way to write objects, for example SMILES; null where their text is the usual one.</summary>
    public IObjectNotation? Notation { get; init; }

    /// <summary>The task's own settings with every default, as text; <see cref="TaskCatalog.Create"/> makes the same task of them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>An object as SMILES; null where objects are no molecules.</summary>
    public string? Smiles(UInt128 terminal) => Notation is { Name: "smiles" } notation ? notation.Write(terminal) : null;

    /// <summary>File extension of the object list a biologist or chemist expects (<c>fasta</c>, <c>smi</c>), or null.</summary>
    public string? ObjectFile { get; init; }
}
