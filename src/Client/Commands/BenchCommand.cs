using System.CommandLine;

using Spectre.Console;

using Tempera.Client.CommandLine;
using Tempera.Client.Running;
using Tempera.Silo.Tools;

namespace Tempera.Client.Commands;

/// <summary><c>tempera bench round</c>: what one round costs on this machine.</summary>
internal static class BenchCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var round = new Command("round", "Time rounds of the learner: CPU, wall time, operations, share of the core's peak.");
        var task = new Option<string>("--task") { Description = "A built-in task, or a shape: tfbind8 (alphabet 4, length 8), qm9str (11, 5) or rna14 (4, 14).", HelpName = "TASK", DefaultValueFactory = static _ => "rna1" };
        var rounds = Parsers.Whole("--rounds", 1, 100_000, "N", "Rounds measured (default 500).");
        var warmUp = Parsers.Whole("--warm-up", 0, 100_000, "N", "Rounds before measuring (default 200).");
        var seed = Parsers.Seed("Seed of the rounds (default 0).");
        var threads = new Option<string?>("--threads") { Description = "Threads of the engine (default 1).", HelpName = "N" };
        var device = new Option<string?>("--device") { Description = "Compute device (default cpu).", HelpName = "DEVICE" };
        var settings = SpecificationOptions.TaskSettings("Any setting of the task or the learner, as key=value; repeatable. `tempera run --help` lists them.");
        var grains = new Option<bool>("--grains") { Description = "Also run the rounds through the grains and compare the wall time." };
        var pairs = Parsers.Whole("--pairs", 1, 50, "N", "Alternating pairs of blocks when comparing (default 4).");
        foreach (var option in (Option[])[task, rounds, warmUp, seed, device, threads, settings, grains, pairs])
        {
            round.Options.Add(option);
        }

        round.SetAction(result =>
        {
            var defaults = new RoundBenchmarkOptions();
            var chosen = SpecificationOptions.Assignments(result.GetValue(settings), environment);
            chosen = result.GetValue(device) is { } named ? chosen.SetItem("device", named) : chosen;
            var measured = environment.Engine.BenchmarkRound(defaults with
            {
                Task = result.GetRequiredValue(task),
                Rounds = (int)(result.GetValue(rounds) ?? defaults.Rounds),
                WarmUp = (int)(result.GetValue(warmUp) ?? defaults.WarmUp),
                Seed = result.GetValue(seed) ?? defaults.Seed,
                Settings = result.GetValue(threads) is { } number ? chosen.SetItem("threads", number) : chosen,
                ThroughGrains = result.GetValue(grains),
                Pairs = (int)(result.GetValue(pairs) ?? defaults.Pairs),
            });
            if (result.GetValue(common.Json))
            {
                JsonLines.Write(environment.Output, [measured]);
            }
            else
            {
                Show(environment.Console, measured);
            }

            return ExitCode.Done;
        });
        var bench = new Command("bench", "Time a round, or run the campaigns behind a published claim and make its tables and plots.") { round };
        foreach (var suite in BenchSuiteCommand.Create(environment, common))
        {
            bench.Subcommands.Add(suite);
        }

        return bench;
    }

    private static void Show(IAnsiConsole console, RoundBenchmarkResult r)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        Row("task", $"{r.Task}, batch {r.Batch}, width {r.Width}, {r.Parametrization}, {r.Device}, {r.Threads} {(r.Threads == 1 ? "thread" : "threads")}");
        Row("CPU a round", $"{Figures.Number(r.CpuMsPerRound)} ms (median of {Figures.Count(r.Rounds)})");
        Row("wall a round", $"{Figures.Number(r.WallMsPerRound)} ms");
        Row("operations", $"{Figures.Number(r.GflopPerRound)} GFLOP a round, counted");
        Row("peak", $"{Figures.Number(r.PeakGflops)} GFLOP/s of the matrix kernel on one core");
        Row("share of peak", Figures.Percent(r.ShareOfPeak));
        Row("waiting", $"{Figures.Number(r.WaitsPerRound)} times a round for the device");
        Row("allocated", $"{Figures.Bytes((long)r.AllocatedBytesPerRound)} a round");
        if (r.Grains is { } grains)
        {
            Row("grains", $"{Figures.Number(grains.GrainsWallMsPerRound)} ms against {Figures.Number(grains.DirectWallMsPerRound)} ms a round directly: ratio {Figures.Number(grains.WallRatio)}");
        }

        console.Write(grid);

        void Row(string label, string value) => grid.AddRow(new Text(label, new Style(foreground: Color.Grey)), new Text(value));
    }
}
