using System.Globalization;

using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Running;

/// <summary>The words before and after a run, as plain label and value pairs.</summary>
internal static class RunSummary
{
    /// <summary>The lines that introduce a run.</summary>
    public static IEnumerable<(string Label, string Value)> Header(RunOverview overview)
    {
        var (task, specification) = (overview.Task, overview.Specification);
        yield return ("task", $"{task.Name}: {task.Description}");
        yield return ("space", Figures.Space(task.LogObjectCount, task.Steps));
        yield return ("oracle", task.Oracle);
        if (task.ModeDefinition is { } definition)
        {
            yield return ("modes", task.KnownModes is { } known ? $"{Figures.Count(known)} known; {definition}" : definition);
        }

        yield return ("policy", $"{overview.Setting("conditioning")} conditioning, {overview.Setting("parametrization")}, width {overview.Setting("width")}, objective {overview.Setting("objective")}");
        yield return ("betas", $"explore {overview.Setting("explore")}, train {overview.Setting("train")}");
        yield return ("rounds", Rounds(overview));
        yield return ("seed", string.Create(CultureInfo.InvariantCulture, $"{specification.Seed}; device {overview.Setting("device")}, threads {Threads(overview)}"));
        if (overview.Setting("device") != "cpu")
        {
            yield return ("device", overview.Device);
        }

        yield return ("directory", overview.DisplayDirectory);
    }

    /// <summary>One line that says how a run stands.</summary>
    public static string Line(RunOutcome outcome)
    {
        var s = outcome.Snapshot;
        var best = s.BestObject is null ? "" : $", best {Figures.Number(s.BestScore)} {s.BestObject}";
        return $"{outcome.Overview.Task.Name} {Verb(s.State)}: {Figures.Count(s.Round)} rounds, {Figures.Count(s.OracleCalls)} oracle calls, "
            + $"{Figures.Modes(s.Modes, s.KnownModes)} modes{best}, {outcome.Overview.DisplayDirectory}";
    }

    /// <summary>The closing table.</summary>
    public static IEnumerable<(string Label, string Value)> Closing(RunOutcome outcome)
    {
        var s = outcome.Snapshot;
        var elapsed = outcome.Last is { } last ? $" in {Figures.Duration(TimeSpan.FromSeconds(last.Seconds))}" : "";
        yield return (Verb(s.State), $"{Figures.Count(s.Round)} of {Figures.Count(s.TargetRound)} rounds{elapsed}");
        yield return ("modes", Figures.Modes(s.Modes, s.KnownModes));
        yield return ("oracle calls", $"{Figures.Count(s.OracleCalls)} unique");
        if (outcome.Discovery.CallsToHalf is { } half)
        {
            var ninety = outcome.Discovery.CallsToNinety is { } most ? $", 90 % after {Figures.Count(most)}" : "";
            yield return ("discovery", $"50 % of the modes after {Figures.Count(half)} calls{ninety}");
        }

        if (s.BestObject is not null)
        {
            yield return ("best", $"{Figures.Number(s.BestScore)}  {s.BestObject}");
        }

        if (outcome.Files.Count > 0)
        {
            yield return ("written", string.Join(", ", outcome.Files));
        }
    }

    /// <summary>Commands a person is likely to want now.</summary>
    public static IEnumerable<string> NextCommands(RunOutcome outcome)
    {
        var directory = outcome.Overview.DisplayDirectory;
        if (outcome.Snapshot.State is CampaignState.Paused or CampaignState.Failed)
        {
            yield return $"tempera resume {directory}";
        }

        yield return $"tempera modes {directory}";
        yield return $"tempera sample {directory} --beta 3 -n 20";
        yield return $"tempera report {directory}";
        if (outcome.Snapshot.State is CampaignState.Completed && !IsBudgetSpent(outcome.Snapshot))
        {
            yield return $"tempera resume {directory} --rounds {2 * outcome.Snapshot.TargetRound}";
        }
    }

    /// <summary>True when no further oracle call is allowed.</summary>
    public static bool IsBudgetSpent(CampaignSnapshot snapshot) => snapshot.Specification?.Budget is { } budget && snapshot.OracleCalls >= budget;

    private static string Rounds(RunOverview overview)
    {
        var budget = overview.Specification.Budget is { } calls ? $", at most {Figures.Count(calls)} oracle calls" : "";
        var from = overview.StartRound > 0 ? $"{Figures.Count(overview.StartRound)} done of " : "";
        return $"{from}{Figures.Count(overview.TargetRound)}, {overview.Setting("batch")} objects each{budget}";
    }

    private static string Threads(RunOverview overview) =>
        overview.Setting("threads") is "0" ? $"{Environment.ProcessorCount} (all)" : overview.Setting("threads");

    private static string Verb(CampaignState state) => state.ToString().ToLowerInvariant();
}
