using System.Globalization;
using Tempera.Model.Oracles;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Model.Modes;

/// <summary>
/// Clusters by their best representative: going through the objects at or above a threshold from the highest score down, one
/// is a mode unless an accepted one is nearer than a Hamming distance. Equal scores go by the object's text, ordinally.
/// </summary>
/// <remarks>
/// Decided for one object at a time without a list: x is a mode exactly if none of its neighbours that come earlier is one,
/// which recurs upwards only. Decisions are remembered. This is the paper's rule of tfbind8. Safe to call from several threads.
/// </remarks>
/// <param name="space">Gives the neighbours.</param>
/// <param name="oracle">Scores them.</param>
/// <param name="threshold">Lowest raw score of a mode.</param>
/// <param name="definition">Name of the rule; null describes the parameters.</param>
/// <param name="knownCount">Number of modes in the space where known.</param>
/// <param name="distance">Smallest Hamming distance of two modes.</param>
public sealed class GreedyModeRule(
    IDesignSpace space, IOracle oracle, double threshold, string? definition = null, int? knownCount = null, int distance = 2) : IModeRule
{
    private readonly Dictionary<UInt128, bool> _decided = [];
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public string Definition { get; } = definition ?? string.Create(
        CultureInfo.InvariantCulture, $"greedy by score at Hamming distance at least {distance} with score at least {threshold}");

    /// <inheritdoc/>
    public int? KnownCount { get; } = knownCount;

    /// <inheritdoc/>
    public bool IsMode(UInt128 terminal, double score)
    {
        if (!(score >= threshold))
        {
            return false;
        }

        lock (_lock)
        {
            return Decide(terminal, score);
        }
    }

    // Depth first with a stack of its own: a long ridge would overflow the thread's.
    private bool Decide(UInt128 terminal, double score)
    {
        var open = new Stack<(UInt128 Object, (UInt128 Object, double Score)[] Earlier)>();
        if (!_decided.ContainsKey(terminal))
        {
            open.Push((terminal, Earlier(terminal, score)));
        }

        while (open.TryPeek(out var top))
        {
            if (Array.Exists(top.Earlier, other => _decided.GetValueOrDefault(other.Object)))
            {
                _decided[open.Pop().Object] = false;
                continue;
            }

            var next = Array.FindIndex(top.Earlier, other => !_decided.ContainsKey(other.Object));
            if (next < 0)
            {
                _decided[open.Pop().Object] = true;
                continue;
            }

            var (child, childScore) = top.Earlier[next];
            open.Push((child, Earlier(child, childScore)));
        }

        return _decided[terminal];
    }

    // Neighbours that come before an object, best first, so that most objects are refused by the first one.
    private (UInt128 Object, double Score)[] Earlier(UInt128 terminal, double score)
    {
        var neighbours = HammingBall.Around(space, terminal, distance - 1);
        var scores = new double[neighbours.Length];
        oracle.Score(neighbours, scores);
        return [.. scores
            .Select((other, i) => (Object: neighbours[i], Score: other))
            .Where(other => other.Score > score || (other.Score == score && string.CompareOrdinal(space.Format(other.Object), space.Format(terminal)) < 0))
            .OrderByDescending(static other => other.Score)];
    }
}
