using System.Globalization;
using Tempera.Model.Oracles;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Model.Modes;

/// <summary>
/// Local maxima above a threshold: x is a mode if its score is at least the threshold and no other object within a Hamming
/// distance scores more; a strict maximum also scores more than every one of them.
/// </summary>
/// <remarks>Decided on the fly by scoring the neighbours, which are not oracle calls of the campaign.</remarks>
/// <param name="space">Gives the neighbours.</param>
/// <param name="oracle">Scores them.</param>
/// <param name="threshold">Lowest raw score of a mode.</param>
/// <param name="strict">Whether a neighbour of equal score forbids a mode.</param>
/// <param name="definition">Name of the rule; null describes the parameters.</param>
/// <param name="knownCount">Number of modes in the space where known.</param>
/// <param name="radius">The Hamming distance within which a mode is a maximum.</param>
public sealed class NeighbourhoodModeRule(
    IDesignSpace space, IOracle oracle, double threshold, bool strict, string? definition = null, int? knownCount = null, int radius = 1) : IModeRule
{
    /// <inheritdoc/>
    public string Definition { get; } = definition ?? string.Create(
        CultureInfo.InvariantCulture, $"{(strict ? "strict" : "weak")} Hamming-{radius} local maxima with score at least {threshold}");

    /// <inheritdoc/>
    public int? KnownCount { get; } = knownCount;

    /// <inheritdoc/>
    public bool IsMode(UInt128 terminal, double score)
    {
        if (!(score >= threshold))
        {
            return false;
        }

        var neighbours = HammingBall.Around(space, terminal, radius);
        var scores = new double[neighbours.Length];
        oracle.Score(neighbours, scores);
        foreach (var other in scores)
        {
            if (other > score || (strict && other == score))
            {
                return false;
            }
        }

        return true;
    }
}
