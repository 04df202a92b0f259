using System.Globalization;
using System.Net;
using System.Text;

using Tempera.Client.Reporting.Charts;

namespace Tempera.Client.Benchmarking;

/// <summary>A chart as a file of its own: title, legend and colours included, readable on a light and on a dark page.</summary>
internal static class SvgFile
{
    private const int Width = 560;
    private const int Header = 40;
    private const int Row = 18;
    private const int Columns = 3;

    private static readonly string[] Palette =
        ["#2468c8", "#d9601a", "#0f8f66", "#a63fa0", "#b58300", "#c2334d", "#4b9fb5", "#7a5a3a", "#6b7f1d", "#8458e0", "#d86a9a", "#3c5a78"];

    /// <summary>The drawing.</summary>
    public static string Draw(Chart chart)
    {
        var rows = (chart.Series.Count + Columns - 1) / Columns;
        var height = Header + (rows * Row) + 340;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\">\n<style>{Style(chart.Series.Count)}</style>\n");
        text.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{height}\" fill=\"#fff\"/>\n<text class=\"title\" x=\"12\" y=\"20\">{Escape(chart.Title)}</text><text class=\"note\" x=\"12\" y=\"35\">{Escape(chart.Note)}</text>\n");
        for (var i = 0; i < chart.Series.Count; i++)
        {
            var (x, y) = (12 + (i % Columns * (Width - 24) / Columns), Header + (i / Columns * Row) + 10);
            var dashed = chart.Series[i].Style is SeriesStyle.Dashed ? " dashed" : "";
            text.Append(CultureInfo.InvariantCulture, $"<line class=\"line {(chart.Series[i].Colour is null ? "n" : $"c{i}")}{dashed}\" x1=\"{x}\" x2=\"{x + 16}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"key\" x=\"{x + 21}\" y=\"{y + 4}\">{Escape(chart.Series[i].Name)}</text>\n");
        }

        var drawing = SvgChart.Draw(chart with { Series = [.. chart.Series.Select(static (series, i) => series with { Colour = series.Colour is null ? null : i })] }, static series => series.Colour is { } colour ? $"c{colour}" : "n");
        text.Append(CultureInfo.InvariantCulture, $"<svg y=\"{Header + (rows * Row)}\" height=\"340\" width=\"{Width}\" {drawing["<svg ".Length..]}\n</svg>\n");
        return text.ToString();
    }

    private static string Style(int series)
    {
        var text = new StringBuilder("text{fill:#3b404a;font-size:12px}.title{font-size:15px;font-weight:600;fill:#16181d}.note{font-size:11px}.key{font-size:11.5px}.grid{stroke:#e3e4e0}.axis,.tick{stroke:#a8acb3}.line{fill:none;stroke-width:2;stroke-linejoin:round}.dashed{stroke-dasharray:6 4}.cursor{display:none}.n{stroke:#6f7682}");
        for (var i = 0; i < series; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $".c{i}{{stroke:{Palette[i % Palette.Length]}}}");
        }

        return text.ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
