using System.Text.RegularExpressions;

namespace Tempera.Client.Tests.Architecture;

/// <summary>Rules for the text of files.</summary>
internal static partial class FileRules
{
    /// <summary>The middle line count; of an even number of files the lower one.</summary>
    public static int Median(IReadOnlyCollection<int> lines) => lines.Order().ElementAt((lines.Count - 1) / 2);

    /// <summary>The first path into somebody's own machine in a text, or null.</summary>
    public static string? MachinePath(string text) => OwnPath().Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>True for content that is not text.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, 8000)].Contains((byte)0);

    // The letters in brackets keep the pattern from matching itself.
    [GeneratedRegex(@"(?<![\w.~])(/(w[o]rk|f[a]rm|r[o]ot)/|/(h[o]me|U[s]ers)/\w|[A-Z]:\\U[s]ers\\)")]
    private static partial Regex OwnPath();
}
