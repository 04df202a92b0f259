using System.Net;
using System.Text;

using Tempera.Client.Reporting.Charts;

namespace Tempera.Client.Reporting;

/// <summary>Writes the page: one HTML file that needs nothing else, for light and dark, for wide and narrow.</summary>
internal static class ReportPage
{
    /// <summary>The page of some campaigns.</summary>
    public static string Write(IReadOnlyList<CampaignReport> campaigns, DateTimeOffset writtenAt)
    {
        var title = "Tempera: " + string.Join(", ", campaigns.Select(static campaign => campaign.Label));
        var page = new StringBuilder();
        page.Append($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Append($"<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\"><title>{Text(title)}</title><style>{Asset("report.css")}</style></head><body><main>");
        page.Append($"<header><h1>{Text(Heading(campaigns))}</h1><p>{Text(campaigns[0].Task.Description)}</p></header>");
        foreach (var (campaign, index) in campaigns.Select(static (campaign, index) => (campaign, index)))
        {
            page.Append(ReportSections.Summary(campaign, index));
        }

        page.Append("<section class=\"charts\">");
        foreach (var chart in ReportCharts.All(campaigns))
        {
            page.Append(Figure(chart));
        }

        page.Append("</section>");
        page.Append(ReportSections.Metrics(campaigns));
        page.Append(ReportSections.Objects(campaigns));
        page.Append(ReportSections.Settings(campaigns));
        page.Append($"<footer>Written by Tempera {Text(campaigns[0].Configuration.Versions.GetValueOrDefault("tempera", ""))}, {writtenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC.</footer>");
        return page.Append($"</main><div id=\"tip\" role=\"status\" hidden></div><script>{Asset("report.js")}</script></body></html>\n").ToString();
    }

    /// <summary>A text made safe for HTML.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Heading(IReadOnlyList<CampaignReport> campaigns)
    {
        var tasks = string.Join(" and ", campaigns.Select(static campaign => campaign.Task.Name).Distinct());
        return campaigns.Count == 1 ? $"Discovery on {tasks}" : $"{campaigns.Count} campaigns on {tasks}";
    }

    private static string Figure(Chart chart)
    {
        var legend = new StringBuilder();
        foreach (var series in chart.Series)
        {
            var style = series.Style switch { SeriesStyle.Dashed => " dashed", SeriesStyle.Filled or SeriesStyle.Band => " block", _ => "" };
            legend.Append($"<li><i class=\"swatch {SvgChart.Class(series)}{style}\"></i>{Text(series.Name)}</li>");
        }

        return $"<figure><h2>{Text(chart.Title)}</h2><ul class=\"legend\">{legend}</ul>{SvgChart.Draw(chart)}<figcaption>{Text(chart.Note)}</figcaption></figure>";
    }

    private static string Asset(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
