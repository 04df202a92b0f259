using System.Globalization;
using Tempera.Model.Oracles.Rna;

namespace Tempera.Model.Tasks.Rna;

/// <summary>
/// The published mode rule of the RNA binding tasks: a strand whose energy is at or below the target's mode energy and which
/// every one of its single substitutions binds strictly less well than. Decided for one strand by folding its neighbours,
/// so no list is needed.
/// </summary>
/// <remarks>
/// The rule that reproduces the mode list of Kim et al. 2024 (arXiv 2310.02823) exactly. A neighbour that binds as well ends
/// the check, so most strands cost a few folds of a few columns. Thread safe.
/// </remarks>
public sealed class RnaLocalMaximumRule(RnaBindingOracle oracle) : IModeRule
{
    private readonly double _lowestScore = oracle.Target.Fitness(oracle.Target.ModeEnergy);

    /// <inheritdoc/>
    public string Definition { get; } = string.Create(
        CultureInfo.InvariantCulture, $"paper: strict Hamming-1 local maxima at or below {oracle.Target.ModeEnergy} dcal/mol");

    /// <inheritdoc/>
    public int? KnownCount => oracle.Target.ModeCount;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The object is not a strand of the target's length over ACGU.</exception>
    public bool IsMode(UInt128 terminal, double score) => score >= _lowestScore && oracle.IsStrictLocalMaximum(terminal);
}
