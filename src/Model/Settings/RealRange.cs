using System.Globalization;

namespace Tempera.Model.Settings;

/// <summary>An interval of real numbers a setting may take.</summary>
/// <param name="Minimum">Lower end.</param>
/// <param name="Maximum">Upper end.</param>
/// <param name="OpenBelow">The lower end itself is refused.</param>
/// <param name="OpenAbove">The upper end itself is refused.</param>
public readonly record struct RealRange(double Minimum, double Maximum, bool OpenBelow = false, bool OpenAbove = false)
{
    /// <summary>True when the value is a number inside; NaN is not.</summary>
    public bool Contains(double value) =>
        (OpenBelow ? value > Minimum : value >= Minimum) && (OpenAbove ? value < Maximum : value <= Maximum);

    /// <summary>For example <c>above 0, at most 1</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(OpenBelow ? "above" : "at least")} {Minimum}, {(OpenAbove ? "below" : "at most")} {Maximum}");
}
