namespace Tempera.Model.Settings;

/// <summary>Finds the name a user may have meant.</summary>
public static class NameSuggestion
{
    /// <summary>
    /// A remedy for an unknown name: the nearest known one where it is near (Levenshtein distance of at most a third of the
    /// letters), else all of them.
    /// </summary>
    public static string For(string name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var nearest = names.MinBy(candidate => Distance(name, candidate));
        return nearest is not null && Distance(name, nearest) <= Math.Max(2, nearest.Length / 3)
            ? $"Did you mean {nearest}?"
            : $"Choose one of {string.Join(", ", names)}.";
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
