using Tempera.Model.Spaces;

namespace Tempera.Model.Modes;

/// <summary>Fewest insertions, deletions and substitutions that turn the text of one object into that of another.</summary>
/// <param name="space">Gives the text of an object.</param>
public sealed class LevenshteinDistance(IDesignSpace space) : IObjectDistance
{
    /// <inheritdoc/>
    public string Name => "Levenshtein distance";

    /// <inheritdoc/>
    public Func<int, int, double> Between(IReadOnlyList<UInt128> objects)
    {
        var texts = objects.Select(space.Format).ToArray();
        return (i, j) => Of(texts[i], texts[j]);
    }

    /// <summary>The distance of two texts.</summary>
    public static int Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Span<int> row = right.Length < 256 ? stackalloc int[right.Length + 1] : new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
