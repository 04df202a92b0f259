using Spectre.Console;
using Spectre.Console.Rendering;

using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Running;

/// <summary>A live display at a terminal, redrawn at most five times a second.</summary>
internal sealed class LiveProgressView(IAnsiConsole console, TimeProvider time) : IProgressView
{
    private const int SparklineWidth = 20;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private static readonly Style Label = new(foreground: Color.Grey);

    /// <inheritdoc/>
    public void Header(RunOverview overview)
    {
        console.WriteLine();
        console.Write(Pairs(RunSummary.Header(overview)));
        console.WriteLine();
    }

    /// <inheritdoc/>
    public void Note(string message) => console.WriteLine(message, new Style(foreground: Color.Yellow));

    /// <inheritdoc/>
    public Task Follow(ProgressTracker tracker, IAsyncEnumerable<CampaignEvent> events) =>
        console.Live(Render(tracker)).StartAsync(async display =>
        {
            var drawn = time.GetTimestamp();
            await foreach (var e in events)
            {
                tracker.Apply(e);
                if (time.GetElapsedTime(drawn) >= Redraw)
                {
                    display.UpdateTarget(Render(tracker));
                    drawn = time.GetTimestamp();
                }
            }

            display.UpdateTarget(Render(tracker));
        });

    /// <inheritdoc/>
    public void Finish(RunOutcome outcome)
    {
        console.WriteLine();
        console.Write(Pairs(RunSummary.Closing(outcome)));
        console.WriteLine();
        console.WriteLine("next", Label);
        foreach (var command in RunSummary.NextCommands(outcome))
        {
            console.WriteLine("  " + command, new Style(foreground: Color.Aqua));
        }
    }

    /// <summary>The display for one moment; every moment has the same number of lines.</summary>
    internal static IRenderable Render(ProgressTracker tracker)
    {
        var e = tracker.Latest;
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { Width = 12, NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Width = 26, NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Width = 8, NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Width = 24, NoWrap = true, Padding = new Padding(0, 0, 0, 0) });
        var spark = Figures.Sparkline(tracker.History, SparklineWidth);
        Row("round", $"{Figures.Count(tracker.Round)} of {Figures.Count(tracker.Overview.TargetRound)}", "modes", Figures.Modes(e?.Modes ?? 0, tracker.Overview.Task.KnownModes), Color.Green);
        Row("oracle calls", Figures.Count(e?.OracleCalls ?? 0), "", spark, Color.Green);
        Row("best score", Figures.Number(e?.BestScore), "object", e?.BestObject ?? "-", Color.Yellow);
        Row("loss", $"{Figures.Number(e?.Loss)}  replay {Figures.Number(tracker.ReplayLoss)}", "beta", e is null ? "-" : $"{Figures.Number(e.BetaMin)} to {Figures.Number(e.BetaMax)}", Color.Default);
        Row("log Z", Figures.Number(e?.LogZ), "clamped", e is null ? "-" : Figures.Percent(e.ClampedShare), Color.Default);
        Row("rate", $"{Figures.Number(tracker.Rate)} rounds/s", "left", Figures.Duration(tracker.Left), Color.Default);
        var foot = tracker.Stopping
            ? new Text("stopping: finishing the round and writing a checkpoint (Ctrl-C again stops at once)", new Style(foreground: Color.Yellow))
            : new Text(tracker.Warnings.LastOrDefault() ?? "Ctrl-C stops after a checkpoint", tracker.Warnings.Count > 0 ? new Style(foreground: Color.Yellow) : Label);
        return new Rows(new ShareBar(tracker.Share), grid, foot.Overflow(Overflow.Ellipsis));

        void Row(string left, string leftValue, string right, string rightValue, Color colour) => grid.AddRow(
            new Text(left, Label), new Text(leftValue).Overflow(Overflow.Ellipsis),
            new Text(right, Label), new Text(rightValue, new Style(foreground: colour)).Overflow(Overflow.Ellipsis));
    }

    private static Grid Pairs(IEnumerable<(string Label, string Value)> pairs)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (label, value) in pairs)
        {
            grid.AddRow(new Text(label, Label), new Text(value));
        }

        return grid;
    }
}
