namespace Tempera.Client.CommandLine;

/// <summary>Finds the known word a person probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate with the smallest edit distance, when that is at most a third of the word's length (at least 2).</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        var limit = Math.Max(2, word.Length / 3);
        var best = candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .OrderBy(static pair => pair.Distance)
            .FirstOrDefault();
        return best.Candidate is not null && best.Distance <= limit ? best.Candidate : null;
    }

    /// <summary>Levenshtein distance, ignoring case.</summary>
    public static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + change);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
