using System.Collections.Immutable;

using Tempera.Client.CommandLine;
using Tempera.Client.Commands;
using Tempera.Client.Directories;
using Tempera.Client.Reporting;
using Tempera.Client.Running;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Benchmarking;

/// <summary>
/// Runs the campaigns of a suite, some at a time, each in a directory of its own: what is complete there is not run again,
/// and what was interrupted carries on.
/// </summary>
internal sealed class SuiteRunner(CommandEnvironment environment, SuitePlan plan)
{
    /// <summary>Runs all; the runs come in the order of tasks, arms and seeds, whatever the order they ended in. Null when it was interrupted.</summary>
    /// <param name="ended">Told of every run that ended, one at a time.</param>
    public async Task<IReadOnlyList<SuiteRun>?> Run(Action<SuiteRun> ended)
    {
        var jobs = plan.Suite.Tasks
            .SelectMany(task => plan.Suite.Arms.SelectMany(arm => Enumerable.Range(0, plan.Seeds).Select(seed => (task, arm, Seed: (ulong)seed))))
            .ToList();
        var runs = new SuiteRun?[jobs.Count];
        using var gate = new SemaphoreSlim(1, 1);
        await Parallel.ForEachAsync(Enumerable.Range(0, jobs.Count), new ParallelOptions { MaxDegreeOfParallelism = plan.Jobs }, async (i, _) =>
        {
            if (Volatile.Read(ref _isInterrupted) || await RunOne(jobs[i].task, jobs[i].arm, jobs[i].Seed) is not { } run)
            {
                Volatile.Write(ref _isInterrupted, true);
                return;
            }

            runs[i] = run;
            await gate.WaitAsync(CancellationToken.None);
            ended(run);
            gate.Release();
        });
        return _isInterrupted ? null : [.. runs.OfType<SuiteRun>()];
    }

    private bool _isInterrupted;

    private async Task<SuiteRun?> RunOne(SuiteTask task, SuiteArm arm, ulong seed)
    {
        var view = new SuiteView();
        var path = Path.Combine(plan.RunsDirectory, $"{task.Name}-{Slug(arm.Label)}-seed{seed}");
        var specification = new CampaignSpecification
        {
            Task = task.Name,
            Rounds = plan.Rounds(task),
            Budget = arm.Budget,
            Seed = seed,
            Settings = task.Settings.SetItems(arm.Settings).SetItems(plan.Settings).SetItem("threads", plan.Jobs > 1 ? "1" : "0"),
        };
        var isResumed = Directory.Exists(path);
        var run = RunPlan.ForRun(environment, specification, path);
        if (await new CampaignRunner(environment, view, verbose: false).Run(run) == ExitCode.Interrupted || view.Outcome is not { } outcome)
        {
            return null;
        }

        return new SuiteRun(task, arm, seed)
        {
            Snapshot = outcome.Snapshot,
            Discovery = outcome.Discovery,
            Trace = EventTrace.Of(EventLog.Read(run.Directory.EventsFile, outcome.Snapshot.Round), outcome.Snapshot.Round),
            Evaluations = await Evaluate(run.Directory),
            IsResumed = isResumed,
            Seconds = outcome.Last?.Seconds ?? 0,
        };
    }

    private Task<ImmutableArray<EvaluationRecord>> Evaluate(RunDirectory directory) =>
        CampaignArgument.Read(environment, directory, verbose: false, async (campaign, configuration) =>
        {
            var curves = await campaign.TemperatureCurves(1, 2, 2);
            var betas = plan.Suite.IsOffline ? plan.Suite.Betas
                : configuration.Specification.Settings.GetValueOrDefault("conditioning") == "none" ? EvaluateCommand.BetasOf(configuration.Specification)
                : plan.Suite.Betas;
            return curves.Betas.IsEmpty ? [] : (await campaign.Evaluate(new EvaluateRequest(betas, plan.Samples, 0))).ToImmutableArray();
        }, CancellationToken.None);

    /// <summary>A label as the name of a directory.</summary>
    internal static string Slug(string label) =>
        string.Join('-', new string([.. label.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
