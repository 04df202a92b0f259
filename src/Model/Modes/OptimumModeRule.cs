using Tempera.Model.Tasks;

namespace Tempera.Model.Modes;

/// <summary>Every object of the best possible score is a mode, for spaces too large to list.</summary>
/// <param name="definition">Name of the rule.</param>
/// <param name="best">The best score.</param>
public sealed class OptimumModeRule(string definition, double best) : IModeRule
{
    /// <inheritdoc/>
    public string Definition => definition;

    /// <inheritdoc/>
    public int? KnownCount => null;

    /// <inheritdoc/>
    public bool IsMode(UInt128 terminal, double score) => score >= best;
}
