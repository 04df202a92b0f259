using Tempera.Model.Tasks;

namespace Tempera.Model.Evaluation;

/// <summary>Statistics of a target counted from all its objects.</summary>
public sealed class TargetHistogram : ITargetStatistics
{
    private readonly List<double> _scores = [];
    private readonly List<long> _counts = [];
    private readonly List<int> _modeCounts = [];

    /// <summary>Counts scores and modes of a whole space.</summary>
    /// <param name="objects">All terminal objects.</param>
    /// <param name="scores">Their raw scores.</param>
    /// <param name="modes">Tells which are modes; null counts none.</param>
    /// <exception cref="ArgumentException">There is not one score an object.</exception>
    public TargetHistogram(ReadOnlySpan<UInt128> objects, ReadOnlySpan<double> scores, IModeRule? modes)
    {
        if (objects.Length != scores.Length)
        {
            throw new ArgumentException($"A histogram needs one score an object; got {objects.Length} objects and {scores.Length} scores. Pass spans of one length.");
        }

        var (keys, rows) = (scores.ToArray(), Enumerable.Range(0, scores.Length).ToArray());
        Array.Sort(keys, rows);
        for (var i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1])
            {
                _scores.Add(keys[i]);
                _counts.Add(0);
                _modeCounts.Add(0);
            }

            _counts[^1]++;
            _modeCounts[^1] += modes?.IsMode(objects[rows[i]], keys[i]) == true ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Scores => _scores;

    /// <inheritdoc/>
    public IReadOnlyList<long> Counts => _counts;

    /// <inheritdoc/>
    public IReadOnlyList<int> ModeCounts => _modeCounts;
}
