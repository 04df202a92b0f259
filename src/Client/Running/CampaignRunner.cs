using Tempera.Client.CommandLine;
using Tempera.Client.Directories;
using Tempera.Client.Exports;
using Tempera.Client.Exports.TensorBoard;
using Tempera.Client.Reporting;
using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;

namespace Tempera.Client.Running;

/// <summary>One sitting of a campaign in a run directory: start or resume it, follow it, export, say how it ended.</summary>
internal sealed class CampaignRunner(CommandEnvironment environment, IProgressView view, bool verbose)
{
    /// <summary>Runs a plan to its end or to an interruption; returns the exit code.</summary>
    public async Task<int> Run(RunPlan plan)
    {
        // A device that cannot be used is refused before anything is written.
        var device = environment.Engine.Device(plan.Specification.Settings.GetValueOrDefault("device", "cpu"));
        plan.Directory.EnsureWritable();
        using var interruption = new Interruption(environment);
        await using var session = await environment.Engine.Open(
            new(plan.Directory.Path, plan.CampaignId, ReadOnly: false, verbose), interruption.Requested);
        var before = await session.Campaign.Create(await Specification(plan, session.Campaign));
        var target = Target(plan, before);
        var configuration = Record(plan, before);
        var overview = Overview(plan, before, target) with { Device = device };
        view.Header(overview);
        if (before.Warning is { } warning)
        {
            view.Note("warning: " + warning);
        }

        if (before.State is CampaignState.Completed && (RunSummary.IsBudgetSpent(before) || target <= Math.Max(before.Round, before.TargetRound)))
        {
            return await Conclude(session.Campaign, overview, AlreadyComplete(overview, before));
        }

        if (before.Round > 0)
        {
            view.Note($"{overview.DisplayDirectory} holds this campaign at round {Figures.Count(before.Round)} of {Figures.Count(before.TargetRound)}: resuming.");
        }

        var started = target > before.TargetRound
            ? await session.Campaign.Discover(new($"rounds-{target}", target - before.TargetRound))
            : await session.Campaign.Resume();
        if (started.Warning is { } found && found != before.Warning)
        {
            // It was written before anybody could watch.
            view.Note("warning: " + found);
        }

        return await Follow(session.Campaign, overview with { StartRound = started.Round }, configuration, interruption);
    }

    private async Task<int> Follow(ICampaignGrain campaign, RunOverview overview, RunConfiguration configuration, Interruption interruption)
    {
        var directory = new RunDirectory(overview.Directory, overview.DisplayDirectory);
        var tracker = new ProgressTracker(overview, environment.Time);
        long sequence = 0;
        using var log = TensorBoardLog.Open(directory, configuration.StartedAt, Past(), environment.Time);
        var pausing = Task.CompletedTask;
        await using (interruption.Requested.Register(() =>
        {
            tracker.Stopping = true;
            pausing = campaign.Pause();
        }))
        {
            await view.Follow(tracker, Recorded(CampaignEvents.Follow(campaign, sequence), log));
        }

        await pausing;
        if (log.Fault is { } fault)
        {
            view.Note($"warning: the TensorBoard file is incomplete ({fault.Message.TrimEnd('.')}). The next `tempera resume` writes it anew.");
        }

        return await Conclude(campaign, overview, null);

        IEnumerable<CampaignEvent> Past()
        {
            foreach (var e in EventLog.Read(directory.EventsFile, overview.StartRound))
            {
                sequence = e.Sequence;
                tracker.Remember(e);
                yield return e;
            }
        }
    }

    private async Task<int> Conclude(ICampaignGrain campaign, RunOverview overview, string? note)
    {
        var snapshot = await campaign.Status();
        var directory = new RunDirectory(overview.Directory, overview.DisplayDirectory);
        var files = await Export(directory, campaign, overview.Task.ObjectFile, snapshot.State);
        if (note is not null)
        {
            view.Note(note);
        }

        var last = EventLog.Read(directory.EventsFile).LastOrDefault(static e => e.Kind == CampaignEventKinds.Round);
        view.Finish(new(overview, snapshot, last, files, await Discovery.Of(campaign, EvaluationsParquet.All(campaign))));
        return snapshot.State switch
        {
            CampaignState.Completed => ExitCode.Done,
            CampaignState.Paused => ExitCode.Interrupted,
            CampaignState.Failed => throw CommandException.Failed(snapshot.Failure ?? "The campaign failed and left no reason. Run again with --verbose."),
            var state => throw CommandException.Failed(
                $"A run ends completed or paused; this one is {state.ToString().ToLowerInvariant()}. Start another with `tempera run {overview.Task.Name} --out DIR`."),
        };
    }

    // What stopped a campaign, for example a full disk, may keep files from being written as well; the reason of the one is what a person needs.
    private static async Task<IReadOnlyList<string>> Export(RunDirectory directory, ICampaignGrain campaign, string? objectFile, CampaignState state)
    {
        try
        {
            return await RunExports.Write(directory, campaign, objectFile);
        }
        catch (Exception error) when (state == CampaignState.Failed && (error is IOException or UnauthorizedAccessException or TemperaException))
        {
            return [];
        }
    }

    /// <summary>A campaign that has lost its config.json keeps the rounds it was started with: more of them extend it.</summary>
    private static async Task<CampaignSpecification> Specification(RunPlan plan, ICampaignGrain campaign) => plan.Recorded is null
        && (await campaign.Status()).Specification is { } existing
            ? plan.Specification with { Rounds = existing.Rounds }
            : plan.Specification;

    private RunConfiguration Record(RunPlan plan, CampaignSnapshot snapshot)
    {
        var host = HostFacts.Current();
        var versions = HostFacts.Versions();
        var now = environment.Time.GetUtcNow();
        var configuration = plan.Recorded is { } recorded
            ? recorded with
            {
                Specification = snapshot.Specification ?? recorded.Specification,
                Data = DataDirectory.Of(environment) ?? recorded.Data,
                Resumed = recorded.Resumed.Add(new(now, environment.CommandText, versions["tempera"], $"{host.Cpu}, {host.Os}")),
            }
            : new RunConfiguration
            {
                Campaign = plan.CampaignId,
                Specification = snapshot.Specification ?? plan.Specification,
                Versions = versions,
                Host = host,
                Command = environment.CommandText,
                Data = DataDirectory.Of(environment),
                StartedAt = now,
            };
        configuration.Write(plan.Directory.ConfigurationFile);
        return configuration;
    }

    private static int Target(RunPlan plan, CampaignSnapshot before)
    {
        if (plan.Rounds is { } rounds && rounds < before.TargetRound && before.State is not CampaignState.Completed)
        {
            throw CommandException.Usage(
                $"--rounds can only extend a run; {plan.Directory.DisplayPath} is at round {Figures.Count(before.Round)} of {Figures.Count(before.TargetRound)}, received {Figures.Count(rounds)}. Leave the option out, or name a larger number.");
        }

        var recorded = before.TargetRound > 0 ? before.TargetRound : before.Specification?.Rounds ?? plan.Specification.Rounds ?? 0;
        return Math.Max(plan.Rounds ?? recorded, before.TargetRound);
    }

    private RunOverview Overview(RunPlan plan, CampaignSnapshot snapshot, int target) => new()
    {
        Task = environment.Engine.Describe(plan.Specification.Task, snapshot.Specification?.Settings ?? plan.Specification.Settings),
        Specification = snapshot.Specification ?? plan.Specification,
        Directory = plan.Directory.Path,
        DisplayDirectory = plan.Directory.DisplayPath,
        StartRound = snapshot.Round,
        TargetRound = target,
    };

    private static string AlreadyComplete(RunOverview overview, CampaignSnapshot snapshot) =>
        RunSummary.IsBudgetSpent(snapshot)
            ? $"{overview.DisplayDirectory} is complete: its budget of {Figures.Count(snapshot.Specification!.Budget!.Value)} oracle calls is used up. For more, choose another directory with --out and a larger --budget."
            : $"{overview.DisplayDirectory} is complete: {Figures.Count(snapshot.Round)} rounds. To go further, name more with --rounds.";

    private static async IAsyncEnumerable<CampaignEvent> Recorded(IAsyncEnumerable<CampaignEvent> events, TensorBoardLog log)
    {
        await foreach (var e in events)
        {
            log.Append(e);
            yield return e;
        }
    }
}
