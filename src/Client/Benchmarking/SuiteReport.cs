using System.Diagnostics;
using System.Globalization;
using System.Text;

using Tempera.Client.CommandLine;
using Tempera.Client.Commands;
using Tempera.Client.Directories;
using Tempera.Client.Running;

namespace Tempera.Client.Benchmarking;

/// <summary>Runs a suite, says how it goes, and writes its tables and plots.</summary>
internal sealed class SuiteReport(CommandEnvironment environment, SuitePlan plan, bool json, bool quiet)
{
    /// <summary>Runs all; returns the exit code.</summary>
    public async Task<int> Run()
    {
        RequireDirectory();
        var (started, cpu, count) = (environment.Time.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime, 0);
        var all = plan.Suite.Tasks.Length * plan.Suite.Arms.Length * plan.Seeds;
        var runs = await new SuiteRunner(environment, plan).Run(run => Say(run, ++count, all));
        if (runs is null)
        {
            environment.Error.WriteLine($"Interrupted. What is complete below {plan.RunsDirectory} is kept: the same command carries on.");
            return ExitCode.Interrupted;
        }

        var seconds = environment.Time.GetElapsedTime(started).TotalSeconds;
        Write(runs, seconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);
        if (json)
        {
            JsonLines.Write(environment.Output, [new { Event = "finished", Suite = plan.Suite.Name, Runs = runs.Count, Seconds = seconds, plan.Directory }]);
        }
        else
        {
            environment.Output.WriteLine($"{Figures.Count(runs.Count)} runs in {Figures.Duration(TimeSpan.FromSeconds(seconds))}; {Path.Combine(plan.Directory, "summary.md")}");
        }

        return ExitCode.Done;
    }

    private void RequireDirectory()
    {
        if (File.Exists(plan.Directory))
        {
            throw CommandException.Usage($"A suite needs a directory for its results; {plan.Directory} is a file. Choose another path with --out.");
        }

        Directory.CreateDirectory(plan.RunsDirectory);
    }

    private void Say(SuiteRun run, int count, int all)
    {
        if (json)
        {
            JsonLines.Write(environment.Output, [new
            {
                Event = "run",
                Suite = plan.Suite.Name,
                Task = run.Task.Name,
                Arm = run.Arm.Label,
                run.Seed,
                run.Snapshot.Round,
                run.Snapshot.OracleCalls,
                run.Snapshot.Modes,
                run.Snapshot.KnownModes,
                run.Discovery.CallsToHalf,
                run.Discovery.CallsToNinety,
                run.Discovery.ModesArea,
                run.Seconds,
            }]);
        }
        else if (!quiet)
        {
            environment.Output.WriteLine(
                $"{count} of {all}: {run.Task.Name}, {run.Arm.Label}, seed {run.Seed}: {Figures.Modes(run.Snapshot.Modes, run.Snapshot.KnownModes)} modes, {Figures.Count(run.Snapshot.OracleCalls)} calls, {Figures.Duration(TimeSpan.FromSeconds(run.Seconds))}");
            environment.Output.Flush();
        }
    }

    private void Write(IReadOnlyList<SuiteRun> runs, double seconds, double cpuSeconds)
    {
        AtomicFile.Write(Path.Combine(plan.Directory, "results.csv"), SuiteTables.Results(runs));
        AtomicFile.Write(Path.Combine(plan.Directory, "curves.csv"), SuiteTables.Curves(runs));
        var text = new StringBuilder(Header(seconds, cpuSeconds, runs)).Append(SuiteTables.Summary(plan.Suite, runs)).Append("## Plots\n\n");
        foreach (var task in runs.GroupBy(static run => run.Task.Name))
        {
            var target = environment.Engine.Target(task.Key, task.First().Snapshot.Specification!.Settings);
            foreach (var (name, chart) in SuitePlots.Of(plan.Suite, [.. task], target))
            {
                AtomicFile.Write(Path.Combine(plan.Directory, name + ".svg"), SvgFile.Draw(chart));
                text.Append(CultureInfo.InvariantCulture, $"![{chart.Title}]({name}.svg)\n");
            }
        }

        AtomicFile.Write(Path.Combine(plan.Directory, "summary.md"), text.ToString());
    }

    private string Header(double seconds, double cpuSeconds, IReadOnlyList<SuiteRun> runs)
    {
        var host = HostFacts.Current();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {plan.Suite.Name}\n\n{plan.Suite.Question}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Mean ± standard error over {plan.Seeds} {(plan.Seeds == 1 ? "seed" : "seeds")}; a figure that some runs do not have is the mean of the others, and their number is given. ");
        text.Append(plan.IsQuick ? "**A quick version: a hundredth of the rounds, which proves nothing.** " : "");
        text.Append(CultureInfo.InvariantCulture, $"`{environment.CommandText}`: {Figures.Duration(TimeSpan.FromSeconds(seconds))} of wall time, {Figures.Duration(TimeSpan.FromSeconds(cpuSeconds))} of CPU, ");
        text.Append(CultureInfo.InvariantCulture, $"{plan.Jobs} runs at a time on {host.Cpu}, {host.Cores} cores, Tempera {HostFacts.Versions()["tempera"]}.");
        var resumed = runs.Count(static run => run.IsResumed);
        text.Append(resumed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {resumed} of the {runs.Count} runs had begun before that, and took time that is not in it.")).Append("\n\n");
        foreach (var arm in plan.Suite.Arms)
        {
            text.Append(CultureInfo.InvariantCulture, $"* {arm.Label}: {(arm.Words.Any() ? string.Join(", ", arm.Words.Select(static word => $"`{word}`")) : "the defaults")}\n");
        }

        text.Append(plan.Settings.IsEmpty ? "" : $"* all: {string.Join(", ", plan.Settings.Select(static pair => $"`{pair.Key}={pair.Value}`"))}\n");
        return text.Append('\n').ToString();
    }
}
