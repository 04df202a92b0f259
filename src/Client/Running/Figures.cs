using System.Globalization;

namespace Tempera.Client.Running;

/// <summary>Numbers as people read them, the same everywhere.</summary>
internal static class Figures
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>A count with thousands separators.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A measured number in at most five significant digits; a dash when there is none.</summary>
    public static string Number(double? value) => value switch
    {
        null or double.NaN => "-",
        0 => "0",
        { } v when Math.Abs(v) is >= 1e6 or < 1e-3 => v.ToString("0.###e0", CultureInfo.InvariantCulture),
        { } v => Math.Round(v, Math.Clamp(4 - (int)Math.Floor(Math.Log10(Math.Abs(v))), 0, 6)).ToString("0.######", CultureInfo.InvariantCulture),
    };

    /// <summary>A mean and its standard error: two significant digits of the error, and the mean to the same place.</summary>
    public static string Measured(double mean, double error)
    {
        if (!(error > 0) || Math.Abs(mean) is >= 1e6 or < 1e-3)
        {
            return $"{Number(mean)} ± {Number(error)}";
        }

        var format = "N" + Math.Clamp(1 - (int)Math.Floor(Math.Log10(error)), 0, 6).ToString(CultureInfo.InvariantCulture);
        return mean.ToString(format, CultureInfo.InvariantCulture) + " ± " + error.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A score in full, so that parsing it gives the same number.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A fraction as a percentage.</summary>
    public static string Percent(double share) => (100 * share).ToString(share is > 0 and < 0.01 ? "0.00" : "0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>A duration in its two largest units.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "-",
        { TotalSeconds: < 10 } d => d.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalMinutes: < 1 } d => $"{(int)d.TotalSeconds} s",
        { TotalHours: < 1 } d => $"{d.Minutes} min {d.Seconds:00} s",
        { TotalDays: < 1 } d => $"{d.Hours} h {d.Minutes:00} min",
        { } d => $"{(int)d.TotalDays} d {d.Hours} h",
    };

    /// <summary>Bytes in the largest binary unit below them.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        double value = bytes;
        var unit = 0;
        for (; value >= 1024 && unit < units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    /// <summary>Size of a space from its logarithm: in full up to 10^15, else as a power of ten.</summary>
    public static string SpaceSize(double logCount) => logCount < Math.Log(1e15)
        ? Count((long)Math.Round(Math.Exp(logCount)))
        : "10^" + (logCount / Math.Log(10)).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>The size of a space in words; an unknown one is that of the data.</summary>
    public static string Space(double? logCount, int? steps) =>
        logCount is { } size ? $"{SpaceSize(size)} objects, at most {steps} steps" : "decided by the data";

    /// <summary>Modes found of those known.</summary>
    public static string Modes(int found, int? known) => known is { } all ? $"{Count(found)} of {Count(all)}" : Count(found);

    /// <summary>A small graph of a growing count, one character a step of the x axis.</summary>
    public static string Sparkline(IReadOnlyList<(int X, int Y)> points, int width)
    {
        if (points.Count == 0 || width < 1)
        {
            return "";
        }

        var (first, last, top) = (points[0].X, points[^1].X, Math.Max(1, points.Max(static p => p.Y)));
        var text = new char[width];
        var at = 0;
        for (var i = 0; i < width; i++)
        {
            var x = first + ((double)(last - first) * (i + 1) / width);
            while (at + 1 < points.Count && points[at + 1].X <= x)
            {
                at++;
            }

            text[i] = Blocks[Math.Min(Blocks.Length - 1, points[at].Y * (Blocks.Length - 1) / top)];
        }

        return new(text);
    }
}
