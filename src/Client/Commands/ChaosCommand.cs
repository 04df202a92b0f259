using System.CommandLine;
using System.Globalization;

using Spectre.Console;

using Tempera.Client.Chaos;
using Tempera.Client.Chaos.Faults;
using Tempera.Client.CommandLine;
using Tempera.Client.Running;

namespace Tempera.Client.Commands;

/// <summary><c>tempera chaos</c>: rehearses accidents on a cluster of this machine and checks that nothing is lost.</summary>
internal static class ChaosCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("chaos", "Rehearse accidents on a cluster of this machine, with Redis, Azurite and silos of its own, and check that nothing is lost.");
        var set = new ChaosOptionSet();
        set.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            var (options, json, quiet) = (set.Read(result, environment), result.GetValue(common.Json), result.GetValue(common.Quiet));
            using var interruption = new Interruption(environment);
            var run = await new ChaosRun(options).Run(
                fault =>
                {
                    if (!quiet)
                    {
                        Write(environment, json ? JsonLines.Line(fault) : Describe(fault));
                    }
                },
                interruption.Requested);
            Report(environment, run, json, quiet);
            return run.Totals.Good ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static void Report(CommandEnvironment environment, ChaosResult run, bool json, bool quiet)
    {
        if (json)
        {
            JsonLines.Write(environment.Output, run.Campaigns);
            Write(environment, JsonLines.Line(run.Totals));
            return;
        }

        if (!quiet)
        {
            environment.Console.Write(Kinds(run));
        }

        environment.Console.Write(Invariants(run.Totals));
        foreach (var campaign in run.Campaigns.Where(static campaign => !campaign.IsGood))
        {
            Write(environment, JsonLines.Line(campaign));
        }
    }

    private static Table Kinds(ChaosResult run)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("fault", "times", "what");
        table.Columns[1].RightAligned();
        foreach (var fault in FaultCatalog.All)
        {
            var times = run.Faults.Count(record => record.Kind == fault.Name);
            table.AddRow(fault.Name, times.ToString(CultureInfo.InvariantCulture), times > 0 || fault.Unavailable is null ? fault.Meaning : $"skipped: {fault.Unavailable}");
        }

        return table;
    }

    private static Table Invariants(ChaosTotals totals)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("invariant", "count", "must be");
        table.Columns[1].RightAligned();
        Add("faults", totals.Faults, "");
        Add("campaigns, with " + Number(totals.Rounds) + " rounds and " + Number(totals.Epochs) + " epochs", totals.Campaigns, "");
        Add("evaluations acknowledged", totals.Evaluations, "");
        Add("acknowledged evaluations lost", totals.Lost, "0");
        Add("objects paid again after their score was acknowledged", totals.PaidAgain, "0");
        Add("the same by a silo that had been overtaken unawares", totals.PaidByOvertaken, "counted apart");
        Add("objects whose call was lost with its silo, paid again", totals.InFlight, "counted apart");
        Add("rounds skipped or repeated", totals.RoundBreaks, "0");
        Add("torn checkpoints", totals.TornCheckpoints, "0");
        Add("campaigns that differ from the undisturbed run", totals.Different, "0");
        return table;

        void Add(string name, long count, string expected) => table.AddRow(name, Number(count), expected);
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Describe(FaultRecord fault) =>
        string.Create(CultureInfo.InvariantCulture, $"{fault.Number,4} {fault.At,7:0.0} s  {fault.Kind,-16} {fault.Detail}");

    private static void Write(CommandEnvironment environment, string line)
    {
        environment.Output.WriteLine(line);
        environment.Output.Flush();
    }
}
