using System.Globalization;

namespace Tempera.Client.Reporting.Charts;

/// <summary>Maps values of an axis to positions in a drawing and chooses its ticks.</summary>
internal sealed class AxisScale
{
    private readonly bool _log;
    private readonly double _from;
    private readonly double _to;

    /// <summary>A scale that shows the values between two pixel positions; a linear axis grows to its outermost ticks when asked.</summary>
    public AxisScale(Axis axis, IEnumerable<double> values, double from, double to, bool grow)
    {
        (_log, _from, _to) = (axis.Log, from, to);
        var usable = values.Where(value => double.IsFinite(value) && (!_log || value > 0)).DefaultIfEmpty(_log ? 1 : 0).ToList();
        Minimum = axis.Minimum ?? usable.Min();
        Maximum = axis.Maximum ?? usable.Max();
        if (Maximum <= Minimum)
        {
            (Minimum, Maximum) = _log ? (Minimum / 2, Minimum * 2) : (Minimum - 0.5, Minimum + 0.5);
        }

        Ticks = _log ? LogTicks() : LinearTicks();
        if (grow && !_log)
        {
            var step = Ticks.Count > 1 ? Ticks[1] - Ticks[0] : 1;
            Minimum = axis.Minimum ?? Math.Floor((Minimum / step) + 1e-9) * step;
            Maximum = axis.Maximum ?? Math.Ceiling((Maximum / step) - 1e-9) * step;
            Ticks = LinearTicks();
        }
    }

    /// <summary>Smallest value shown.</summary>
    public double Minimum { get; }

    /// <summary>Largest value shown.</summary>
    public double Maximum { get; }

    /// <summary>Where the labelled ticks are.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Position of a value; outside values are held at the edge.</summary>
    public double Position(double value)
    {
        var share = _log
            ? (Math.Log(Math.Max(value, double.Epsilon)) - Math.Log(Minimum)) / (Math.Log(Maximum) - Math.Log(Minimum))
            : (value - Minimum) / (Maximum - Minimum);
        return _from + (Math.Clamp(share, 0, 1) * (_to - _from));
    }

    /// <summary>True when the value can be drawn.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!_log || value > 0);

    /// <summary>A tick's label.</summary>
    public static string Label(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        >= 1e3 => value.ToString("N0", CultureInfo.InvariantCulture),
        < 1e-3 => value.ToString("0e0", CultureInfo.InvariantCulture),
        _ => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture),
    };

    private List<double> LinearTicks()
    {
        const int Wanted = 6;
        var raw = (Maximum - Minimum) / Wanted;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(candidate => candidate >= raw * 0.999);
        var ticks = new List<double>();
        for (var i = (long)Math.Ceiling((Minimum / step) - 1e-9); i <= (Maximum / step) + 1e-9; i++)
        {
            ticks.Add(i * step);
        }

        return ticks;
    }

    private List<double> LogTicks()
    {
        var (low, high) = ((int)Math.Floor(Math.Log10(Minimum)), (int)Math.Ceiling(Math.Log10(Maximum)));
        var decades = high - low;
        int[] factors = decades <= 2 ? [1, 2, 5] : [1];
        var stride = Math.Max(1, decades / 6);
        var ticks = new List<double>();
        for (var decade = low; decade <= high; decade += stride)
        {
            ticks.AddRange(factors.Select(factor => factor * Math.Pow(10, decade)).Where(tick => tick >= Minimum * 0.999 && tick <= Maximum * 1.001));
        }

        return ticks.Count > 0 ? ticks : [Minimum, Maximum];
    }
}
