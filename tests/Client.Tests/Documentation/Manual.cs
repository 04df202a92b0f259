using System.Text.RegularExpressions;

using Tempera.Client.Tests.Architecture;

namespace Tempera.Client.Tests.Documentation;

/// <summary>The pages people read: README.md and docs/*.md.</summary>
internal static partial class Manual
{
    /// <summary>Paths of all pages.</summary>
    public static IReadOnlyList<string> Pages { get; } =
        [Path.Combine(Repository.Root, "README.md"), .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal)];

    /// <summary>The text of a page below docs/.</summary>
    public static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, "docs", name));

    /// <summary>Targets of the links of a text that lead to files of the checkout, without what follows a '#'.</summary>
    public static IEnumerable<string> RelativeLinks(string text) => Link().Matches(CodeBlock().Replace(text, ""))
        .Select(static match => match.Groups[1].Value)
        .Where(static target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
        .Select(static target => target.Split('#')[0])
        .Where(static target => target.Length > 0);

    /// <summary>True when a text has a name as code, alone or with what follows it: <c>`width`</c>, <c>`--seed S`</c>.</summary>
    public static bool HasCode(string text, string name) => Regex.IsMatch(text, $"`([^`\n]*[ ,|/])?{Regex.Escape(name)}([ =,:|/][^`\n]*)?`");

    [GeneratedRegex(@"\]\(([^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
