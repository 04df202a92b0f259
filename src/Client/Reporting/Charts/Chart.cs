namespace Tempera.Client.Reporting.Charts;

/// <summary>One plot: a title that says what is shown, a note that says how to read it, two axes and some series.</summary>
internal sealed record Chart(string Title, string Note, Axis X, Axis Y, IReadOnlyList<Series> Series);

/// <summary>An axis.</summary>
/// <param name="Title">Quantity and unit.</param>
/// <param name="Log">True for a logarithmic scale; values that are not positive are left out.</param>
/// <param name="Minimum">Smallest value shown; null fits the data.</param>
/// <param name="Maximum">Largest value shown; null fits the data.</param>
internal sealed record Axis(string Title, bool Log = false, double? Minimum = null, double? Maximum = null);

/// <summary>How a series is drawn.</summary>
internal enum SeriesStyle
{
    /// <summary>A line through the points.</summary>
    Line,

    /// <summary>A dashed line.</summary>
    Dashed,

    /// <summary>A horizontal step a point, as a histogram's outline.</summary>
    Steps,

    /// <summary>A filled area down to the axis, for a target behind the lines.</summary>
    Filled,

    /// <summary>A band between <see cref="Charts.Series.Y"/> and <see cref="Charts.Series.Top"/>.</summary>
    Band,
}

/// <summary>Points with a name.</summary>
/// <param name="Name">Entry of the legend.</param>
/// <param name="Style">How it is drawn.</param>
/// <param name="Colour">Index of the palette; null for the neutral colour of targets and references.</param>
/// <param name="X">Abscissas, ascending.</param>
/// <param name="Y">Ordinates.</param>
/// <param name="Top">Upper ordinates of a band.</param>
internal sealed record Series(
    string Name, SeriesStyle Style, int? Colour, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double>? Top = null);
