using Xunit;

namespace Tempera.Client.Tests.Documentation;

/// <summary>A link of the pages leads somewhere.</summary>
public sealed class LinkTests
{
    [Fact]
    public void EveryRelativeLinkLeadsToAFile()
    {
        var links = Manual.Pages.SelectMany(static page => Manual.RelativeLinks(File.ReadAllText(page)).Select(target => (Page: page, Target: target))).ToList();

        Assert.Contains(links, static link => link.Target == "docs/cli.md");
        Assert.All(links, static link => Assert.True(
            Path.Exists(Path.Combine(Path.GetDirectoryName(link.Page)!, link.Target)), $"{Path.GetFileName(link.Page)} links to {link.Target}, which does not exist."));
    }

    [Fact]
    public void LinksAreFoundInText() => Assert.Equal(
        ["a.md", "../LICENSE"],
        Manual.RelativeLinks("[a](a.md#part), [web](https://example.org/x), [l](../LICENSE \"title\"), [here](#top)\n```\n[code](no.md)\n```\n"));

    [Theory]
    [InlineData("`width`", true)]
    [InlineData("`--set width=64`", true)]
    [InlineData("width", false)]
    [InlineData("`bandwidth`", false)]
    public void NamesAreFoundAsCode(string text, bool found) => Assert.Equal(found, Manual.HasCode(text, "width"));
}
