using System.CommandLine;

using Tempera.Client.Benchmarking;
using Tempera.Client.CommandLine;

namespace Tempera.Client.Commands;

/// <summary><c>tempera bench SUITE</c>: the runs behind one published claim, as tables and plots.</summary>
internal static class BenchSuiteCommand
{
    private const int MaxSeeds = 100;

    /// <summary>Creates one verb a suite.</summary>
    public static IEnumerable<Command> Create(CommandEnvironment environment, CommonOptions common) =>
        SuiteCatalog.All.Select(suite => Create(suite, environment, common));

    private static Command Create(Suite suite, CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command(suite.Name, $"{suite.Question} {suite.Arms.Length} arms on {string.Join(", ", suite.Tasks.Select(static task => task.Name))}.");
        var quick = new Option<bool>("--quick") { Description = "A hundredth of the rounds and one seed: shows that all runs, proves nothing." };
        var seeds = Parsers.Whole("--seeds", 1, MaxSeeds, "N", "Seeds, from 0 (default 3, or 1 with --quick).");
        var jobs = Parsers.Whole("--jobs", 1, 1024, "N", "Runs at a time, each on one thread (default: as many as there are processors).");
        var tasks = new Option<string[]>("--task") { Description = "Only this task of the suite; repeatable.", HelpName = "TASK" };
        var arms = new Option<string[]>("--arm") { Description = "Only this arm of the suite, by its label; repeatable.", HelpName = "ARM" };
        var settings = SpecificationOptions.TaskSettings("A setting of every run, as key=value; repeatable.");
        var directory = new Option<string?>("--out", "-o") { Description = "Directory of results and runs (default runs/bench-SUITE).", HelpName = "DIR" };
        foreach (var option in (Option[])[quick, seeds, jobs, tasks, arms, settings, directory])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, _) =>
        {
            var isQuick = result.GetValue(quick);
            var plan = new SuitePlan
            {
                Suite = suite with
                {
                    Tasks = [.. Chosen("--task", suite.Tasks, static task => task.Name, result.GetValue(tasks))],
                    Arms = [.. Chosen("--arm", suite.Arms, static arm => arm.Label, result.GetValue(arms))],
                },
                Directory = environment.FullPath(result.GetValue(directory) ?? Path.Combine("runs", $"bench-{suite.Name}{(isQuick ? "-quick" : "")}")),
                Seeds = (int)(result.GetValue(seeds) ?? (isQuick ? 1 : 3)),
                Jobs = (int)(result.GetValue(jobs) ?? Environment.ProcessorCount),
                IsQuick = isQuick,
                Settings = SpecificationOptions.Assignments(result.GetValue(settings), environment),
            };
            return await new SuiteReport(environment, plan, result.GetValue(common.Json), result.GetValue(common.Quiet)).Run();
        });
        return command;
    }

    private static IEnumerable<T> Chosen<T>(string option, IEnumerable<T> all, Func<T, string> name, string[]? wanted)
    {
        var known = all.ToList();
        if (wanted is not { Length: > 0 })
        {
            return known;
        }

        var unknown = wanted.FirstOrDefault(label => known.TrueForAll(item => name(item) != label));
        return unknown is null
            ? known.Where(item => wanted.Contains(name(item)))
            : throw CommandException.Usage($"{option} is one of {string.Join(", ", known.Select(name))}; received '{unknown}'. {(Nearest.Find(unknown, known.Select(name)) is { } near ? $"Did you mean {near}?" : "Choose one of them.")}");
    }
}
