using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tempera.Client.Tests.Fakes;
using Xunit;

using Xunit;

namespace Tempera.Client.Tests.Reporting;

/// <summary>The page as text and in a browser.</summary>
public sealed class ReportPageTests : IAsyncLifetime
{
    private const int Charts = 9;
    private readonly TestCommandLine _tempera = new();

    public async ValueTask InitializeAsync()
    {
        await _tempera.Run("run", "rna1", "--rounds", "60", "--quiet");
        await _tempera.Run("run", "rna1", "--rounds", "40", "--seed", "1", "--quiet", "--set", "explore=<uniform>");
    }

    [Fact]
    public async Task PageNeedsNothingElse()
    {
        var page = await Page("rna1-seed0", "rna1-seed1");

        Assert.DoesNotMatch("(src|href)=\"(?!data:)", page);
        Assert.DoesNotMatch("url\\(|@import|https?://", page);
        Assert.Equal(Charts, Regex.Count(page, "<svg "));
    }

    [Fact]
    public async Task TextFromOutsideIsEscaped()
    {
        var page = await Page("rna1-seed1");

        Assert.Contains("&lt;uniform&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<uniform>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DifferentSettingsAreMarked()
    {
        var page = await Page("rna1-seed0", "rna1-seed1");

        Assert.Contains("<tr class=\"differs\"><th scope=\"row\">explore</th>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=\"row\">width</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TargetWithoutExactFactsHasNoReferenceCurves()
    {
        _tempera.Engine.Facts = null;

        var page = await Page("rna1-seed0");

        Assert.DoesNotContain("perfect sampler", page, StringComparison.Ordinal);
        Assert.DoesNotContain("</i>exact", page, StringComparison.Ordinal);
        Assert.Equal(Charts, Regex.Count(page, "<svg "));
    }

    [Fact]
    public async Task BrowserShowsEveryPlotWithoutErrorsOrRequests()
    {
        var path = Environment.GetEnvironmentVariable("TEMPERA_CHROMIUM") ?? "/usr/bin/chromium";
        Assert.SkipUnless(File.Exists(path), $"needs Chromium at {path}; install it or set TEMPERA_CHROMIUM");
        await Page("rna1-seed0", "rna1-seed1");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var (complaints, requests) = (new List<string>(), new List<string>());
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, message) => complaints.Add(message);
        page.Request += (_, request) => requests.Add(request.Url);

        await page.GotoAsync("file://" + _tempera.At("page/index.html"));

        Assert.Equal(Charts, await page.Locator("figure svg").CountAsync());
        Assert.Empty(complaints);
        Assert.Equal("file://" + _tempera.At("page/index.html"), Assert.Single(requests, static url => !url.StartsWith("data:", StringComparison.Ordinal)));
        await page.Locator("figure svg").First.HoverAsync();
        Assert.Contains("unique oracle calls", await page.Locator("#tip").InnerTextAsync(), StringComparison.Ordinal);
        await page.SetViewportSizeAsync(380, 800);
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 380);
    }

    public ValueTask DisposeAsync()
    {
        _tempera.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> Page(params string[] campaigns)
    {
        var result = await _tempera.Run(["report", .. campaigns, "--out", "page"]);
        Assert.Equal((0, ""), (result.Code, result.Error));
        return File.ReadAllText(_tempera.At("page/index.html"));
    }
}
