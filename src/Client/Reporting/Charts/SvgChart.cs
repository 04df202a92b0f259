using System.Globalization;
using System.Net;
using System.Text;

namespace Tempera.Client.Reporting.Charts;

/// <summary>
/// Draws a chart as SVG. Colours are classes, so that the page's style decides them for light and dark; positions are in
/// units of the view box, so that the drawing fits any width.
/// </summary>
internal sealed class SvgChart
{
    private const double Width = 560;
    private const double Height = 340;
    private const double Left = 66;
    private const double Right = 16;
    private const double Top = 12;
    private const double Bottom = 46;

    private readonly Chart _chart;
    private readonly Func<Series, string> _class;
    private readonly AxisScale _x;
    private readonly AxisScale _y;
    private readonly StringBuilder _svg = new();

    private SvgChart(Chart chart, Func<Series, string> colour)
    {
        (_chart, _class) = (chart, colour);
        _x = new(chart.X, chart.Series.SelectMany(static series => series.X), Left, Width - Right, grow: false);
        _y = new(chart.Y, chart.Series.SelectMany(static series => series.Y.Concat(series.Top ?? [])), Height - Bottom, Top, grow: true);
    }

    /// <summary>The chart as an <c>svg</c> element with an accessible name.</summary>
    public static string Draw(Chart chart) => Draw(chart, Class);

    /// <summary>The same with other classes for the colours of the series.</summary>
    public static string Draw(Chart chart, Func<Series, string> colour) => new SvgChart(chart, colour).Draw();

    private string Draw()
    {
        Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escape(_chart.Title)}\" data-x=\"{Escape(_chart.X.Title)}\" data-left=\"{Left}\" data-right=\"{Width - Right}\" data-top=\"{Top}\" data-bottom=\"{Height - Bottom}\">");
        Grid();
        foreach (var series in _chart.Series.OrderBy(static series => series.Style is SeriesStyle.Filled or SeriesStyle.Band ? 0 : 1))
        {
            Draw(series);
        }

        Append($"<line class=\"cursor\" x1=\"0\" x2=\"0\" y1=\"{Top}\" y2=\"{Height - Bottom}\" visibility=\"hidden\"/></svg>");
        return _svg.ToString();
    }

    private void Grid()
    {
        foreach (var tick in _y.Ticks)
        {
            var y = _y.Position(tick);
            Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{AxisScale.Label(tick)}</text>");
        }

        foreach (var tick in _x.Ticks)
        {
            var x = _x.Position(tick);
            Append($"<line class=\"tick\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom + 4}\"/><text x=\"{x:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"{(x > Width - Right - 12 ? "end" : "middle")}\">{AxisScale.Label(tick)}</text>");
        }

        Append($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/>");
        Append($"<text class=\"name\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Escape(_chart.X.Title)}</text>");
        Append($"<text class=\"name\" transform=\"translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Escape(_chart.Y.Title)}</text>");
    }

    private void Draw(Series series)
    {
        var colour = _class(series);
        var points = Points(series.X, series.Y);
        if (points.Count == 0)
        {
            return;
        }

        var data = $" data-name=\"{Escape(series.Name)}\" data-points=\"{Data(series)}\"";
        switch (series.Style)
        {
            case SeriesStyle.Filled:
                var steps = Steps(points);
                Append($"<path class=\"area {colour}\"{data} d=\"{Path(steps)} L{steps[^1].X:0.#} {Height - Bottom} L{steps[0].X:0.#} {Height - Bottom} Z\"/>");
                break;
            case SeriesStyle.Band:
                var top = Points(series.X, series.Top!);
                top.Reverse();
                Append($"<path class=\"area {colour}\"{data} d=\"{Path(points)} L{Path(top)[1..]} Z\"/>");
                break;
            case SeriesStyle.Steps:
                Append($"<path class=\"line {colour}\"{data} d=\"{Path(Steps(points))}\"/>");
                break;
            default:
                Append($"<path class=\"line {colour}{(series.Style is SeriesStyle.Dashed ? " dashed" : "")}\"{data} d=\"{Path(points)}\"/>");
                break;
        }
    }

    private List<(double X, double Y)> Points(IReadOnlyList<double> x, IReadOnlyList<double> y) => Enumerable.Range(0, x.Count)
        .Where(i => _x.Shows(x[i]) && _y.Shows(y[i]))
        .Select(i => (_x.Position(x[i]), _y.Position(y[i])))
        .ToList();

    private static List<(double X, double Y)> Steps(List<(double X, double Y)> points)
    {
        var half = points.Count > 1 ? (points[1].X - points[0].X) / 2 : 4;
        return points.SelectMany(point => new[] { (point.X - half, point.Y), (point.X + half, point.Y) }).ToList();
    }

    private static string Path(List<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
        {
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
        }

        return path.ToString();
    }

    /// <summary>What the pointer reads: position x, label of x, label of y; at most a hundred points.</summary>
    private string Data(Series series)
    {
        var stride = Math.Max(1, series.X.Count / 100);
        var text = new StringBuilder();
        for (var i = 0; i < series.X.Count; i += stride)
        {
            if (_x.Shows(series.X[i]) && _y.Shows(series.Y[i]))
            {
                var y = series.Top is { } top ? $"{Running.Figures.Number(series.Y[i])} to {Running.Figures.Number(top[i])}" : Running.Figures.Number(series.Y[i]);
                text.Append(CultureInfo.InvariantCulture, $"{_x.Position(series.X[i]):0.#}|{Running.Figures.Number(series.X[i])}|{y};");
            }
        }

        return text.ToString();
    }

    /// <summary>The class that gives a series its colour.</summary>
    public static string Class(Series series) => series.Colour is { } index ? string.Create(CultureInfo.InvariantCulture, $"s{index % 6}") : "neutral";

    private void Append(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
