using Tempera.Model.Collections;
using Tempera.Model.Spaces;

namespace Tempera.Model.Oracles.Tables;

/// <summary>Scores objects from a table of measurements.</summary>
/// <remarks>Thread safe; a call allocates nothing.</remarks>
public sealed class TableOracle : IOracle
{
    private readonly PackedSet _objects = new();
    private readonly double[] _scores;
    private readonly double? _outside;
    private readonly IDesignSpace _space;

    /// <summary>An oracle that knows the scores of these objects.</summary>
    /// <param name="version">Name and version, with what identifies the table.</param>
    /// <param name="space">Writes objects in messages.</param>
    /// <param name="objects">Distinct objects.</param>
    /// <param name="scores">Their raw scores.</param>
    /// <param name="outside">Score of every other object; null refuses them.</param>
    /// <exception cref="ArgumentException">There is not one score an object, or an object occurs twice.</exception>
    public TableOracle(string version, IDesignSpace space, IReadOnlyList<UInt128> objects, IReadOnlyList<double> scores, double? outside = null)
    {
        if (objects.Count != scores.Count || objects.Any(terminal => !_objects.Add(terminal).Added))
        {
            throw new ArgumentException($"A table has one score for each of its distinct objects; received {objects.Count} objects, {_objects.Count} distinct, and {scores.Count} scores. Remove duplicates.");
        }

        (Version, _space, _scores, _outside) = (version, space, [.. scores], outside);
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">An object is not in the table and has no score by default.</exception>
    public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
    {
        for (var i = 0; i < objects.Length; i++)
        {
            scores[i] = _objects.IndexOf(objects[i]) is >= 0 and var row ? _scores[row] : _outside ?? throw new KeyNotFoundException(
                $"A table that refuses other objects scores its own {_scores.Length:N0} only; received '{_space.Format(objects[i])}'. Add it to the table, or give such objects a score with --set outside=NUMBER.");
        }
    }
}
