using Tempera.Model.Tasks;

namespace Tempera.Model.Modes;

/// <summary>Modes given as a list, for spaces small enough that they are found beforehand.</summary>
/// <param name="definition">Name and parameters of the rule that gave the list.</param>
/// <param name="modes">The modes.</param>
public sealed class ModeSet(string definition, IEnumerable<UInt128> modes) : IModeRule
{
    private readonly HashSet<UInt128> _modes = [.. modes];

    /// <inheritdoc/>
    public string Definition => definition;

    /// <inheritdoc/>
    public int? KnownCount => _modes.Count;

    /// <summary>The modes, in no particular order.</summary>
    public IReadOnlyCollection<UInt128> Modes => _modes;

    /// <inheritdoc/>
    public bool IsMode(UInt128 terminal, double score) => _modes.Contains(terminal);
}
