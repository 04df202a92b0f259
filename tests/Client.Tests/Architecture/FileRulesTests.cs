using System.Text;

using Xunit;

namespace Tempera.Client.Tests.Architecture;

/// <summary>Holds the house's rules for files: small ones, and none that names a machine.</summary>
public sealed class FileRulesTests
{
    private static readonly Dictionary<string, int> SourceLines = Repository.Files("src")
        .Where(static path => path.EndsWith(".cs", StringComparison.Ordinal))
        .ToDictionary(static path => Path.GetRelativePath(Repository.Root, path), static path => File.ReadLines(path).Count());

    [Fact]
    public void No_source_file_is_longer_than_500_lines() => Assert.DoesNotContain(SourceLines, static file => file.Value > 500);

    [Fact]
    public void The_median_source_file_is_shorter_than_100_lines() => Assert.InRange(FileRules.Median(SourceLines.Values), 1, 99);

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine()
    {
        var texts = Repository.Files().Select(static path => (Path: path, Content: File.ReadAllBytes(path)))
            .Where(static file => !FileRules.IsBinary(file.Content)).ToList();

        Assert.Contains(texts, static file => file.Path.EndsWith("Tempera.slnx", StringComparison.Ordinal));
        Assert.All(texts, static file => Assert.True(
            FileRules.MachinePath(Encoding.UTF8.GetString(file.Content)) is null,
            $"{file.Path} names a path of somebody's machine; use one relative to the project."));
    }

    [Theory]
    [InlineData("see /{0}/x", "work")]
    [InlineData("cd \"/{0}/a\"", "root")]
    [InlineData("/{0}/ann/run", "home")]
    [InlineData("/{0}/ann/run", "Users")]
    [InlineData("C:\\{0}\\ann", "Users")]
    public void A_machine_path_is_noticed(string text, string folder) =>
        Assert.NotNull(FileRules.MachinePath(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, folder)));

    [Theory]
    [InlineData("the framework/library")]
    [InlineData("https://example.org/work/page")]
    [InlineData("../shared/data")]
    public void Other_text_is_not(string text) => Assert.Null(FileRules.MachinePath(text));

    [Theory]
    [InlineData(new[] { 5 }, 5)]
    [InlineData(new[] { 300, 1, 2 }, 2)]
    [InlineData(new[] { 9, 1, 5, 7 }, 5)]
    public void The_median_is_the_middle_one(int[] lines, int median) => Assert.Equal(median, FileRules.Median(lines));
}
