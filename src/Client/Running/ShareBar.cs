using Spectre.Console;
using Spectre.Console.Rendering;

namespace Tempera.Client.Running;

/// <summary>A progress bar over the width of the terminal, at most 78 columns, with the percentage at its end.</summary>
internal sealed class ShareBar(double share) : IRenderable
{
    private const int MaxWidth = 78;
    private const int LabelWidth = 7;

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(LabelWidth + 1, Math.Min(maxWidth, MaxWidth));

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var width = Math.Max(1, Math.Min(maxWidth, MaxWidth) - LabelWidth);
        var filled = (int)Math.Round(share * width);
        var (full, empty) = options.Unicode ? ('━', '─') : ('#', '-');
        yield return new Segment(new string(full, filled), new Style(foreground: Color.Green));
        yield return new Segment(new string(empty, width - filled), new Style(foreground: Color.Grey));
        yield return new Segment(Figures.Percent(Math.Floor(share * 1000) / 1000).PadLeft(LabelWidth));
        yield return Segment.LineBreak;
    }
}
