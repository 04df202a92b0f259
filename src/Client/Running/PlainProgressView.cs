using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Running;

/// <summary>Plain lines without escape codes: one every twentieth of the run, or every ten seconds.</summary>
internal sealed class PlainProgressView(TextWriter output, TextWriter error, TimeProvider time) : IProgressView
{
    private const double StepShare = 0.05;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public void Header(RunOverview overview) => Write(RunSummary.Header(overview));

    /// <inheritdoc/>
    public void Note(string message)
    {
        output.WriteLine(message);
        output.Flush();
    }

    /// <inheritdoc/>
    public async Task Follow(ProgressTracker tracker, IAsyncEnumerable<CampaignEvent> events)
    {
        var (shown, at, warnings) = (tracker.Share, time.GetTimestamp(), 0);
        await foreach (var e in events)
        {
            tracker.Apply(e);
            for (; warnings < tracker.Warnings.Count; warnings++)
            {
                error.WriteLine("warning: " + tracker.Warnings[warnings]);
            }

            var last = tracker.Round == tracker.Overview.TargetRound;
            if (e.Kind == CampaignEventKinds.Round && (last || tracker.Share - shown >= StepShare - 1e-9 || time.GetElapsedTime(at) >= Interval))
            {
                (shown, at) = (tracker.Share, time.GetTimestamp());
                output.WriteLine(Line(tracker, e));
                output.Flush();
            }
        }
    }

    /// <inheritdoc/>
    public void Finish(RunOutcome outcome)
    {
        Write(RunSummary.Closing(outcome));
        output.WriteLine("next:");
        foreach (var command in RunSummary.NextCommands(outcome))
        {
            output.WriteLine("  " + command);
        }

        output.Flush();
    }

    private static string Line(ProgressTracker tracker, CampaignEvent e) =>
        $"round {Figures.Count(e.Round)}/{Figures.Count(tracker.Overview.TargetRound)} ({Figures.Percent(tracker.Share)})"
        + $"  calls {Figures.Count(e.OracleCalls)}  modes {Figures.Modes(e.Modes, tracker.Overview.Task.KnownModes)}"
        + $"  best {Figures.Number(e.BestScore)} {e.BestObject}  beta {Figures.Number(e.BetaMin)}..{Figures.Number(e.BetaMax)}"
        + $"  loss {Figures.Number(e.Loss)}"
        + (e.Searched is { } searched ? $"  searched {searched}, policy age {(e.PolicyAge is { } age ? age : "-")}" : "")
        + (tracker.Rate is { } rate ? $"  {Figures.Number(rate)} rounds/s  left {Figures.Duration(tracker.Left)}" : "");

    private void Write(IEnumerable<(string Label, string Value)> lines)
    {
        foreach (var (label, value) in lines)
        {
            output.WriteLine($"{label + ":",-14}{value}");
        }

        output.Flush();
    }
}
