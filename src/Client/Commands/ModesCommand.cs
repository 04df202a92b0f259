using System.CommandLine;

using Spectre.Console;

using Tempera.Client.CommandLine;
using Tempera.Client.Directories;
using Tempera.Client.Exports;
using Tempera.Client.Running;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Commands;

/// <summary><c>tempera modes CAMPAIGN</c>: what was discovered.</summary>
internal static class ModesCommand
{
    private const int DefaultTop = 20;

    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("modes", "List what was discovered: object, score, round found, definition.");
        var campaign = CampaignArgument.Create();
        var top = Parsers.Whole("--top", 0, int.MaxValue, "N", $"Only the best N; 0 for all (default {DefaultTop} at a terminal, else all).");
        var csv = new Option<bool>("--csv") { Description = "Print CSV." };
        var fasta = new Option<bool>("--fasta") { Description = "Print FASTA." };
        command.Arguments.Add(campaign);
        command.Options.Add(top);
        command.Options.Add(csv);
        command.Options.Add(fasta);
        command.SetAction((result, cancellationToken) =>
        {
            var directory = RunDirectory.Find(environment, result.GetRequiredValue(campaign));
            return CampaignArgument.Read(environment, directory, result.GetValue(common.Verbose), async (grain, _) =>
            {
                var all = ModesTable.BestFirst(await grain.Modes()).ToList();
                var shown = Limit(all, result.GetValue(top) ?? (environment.IsTerminal && !result.GetValue(csv) && !result.GetValue(fasta) ? DefaultTop : 0));
                if (result.GetValue(common.Json))
                {
                    JsonLines.Write(environment.Output, shown);
                }
                else if (result.GetValue(csv))
                {
                    ModesTable.WriteCsv(environment.Output, shown);
                }
                else if (result.GetValue(fasta))
                {
                    ModesTable.WriteFasta(environment.Output, shown);
                }
                else
                {
                    Show(environment.Console, await grain.Status(), shown, result.GetValue(common.Quiet));
                }

                return ExitCode.Done;
            }, cancellationToken);
        });
        return command;
    }

    private static List<ModeRecord> Limit(List<ModeRecord> modes, long top) => top > 0 && top < modes.Count ? modes[..(int)top] : modes;

    private static void Show(IAnsiConsole console, CampaignSnapshot snapshot, List<ModeRecord> modes, bool quiet)
    {
        if (!quiet && modes.Count > 0)
        {
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumn("Object").AddColumn(new TableColumn("Score").RightAligned()).AddColumn(new TableColumn("Round").RightAligned());
            var molecules = modes.Exists(static mode => mode.Smiles is not null);
            if (molecules)
            {
                table.AddColumn("SMILES");
            }

            foreach (var mode in modes)
            {
                Text[] cells = [new(mode.Object), new(Figures.Number(mode.Score)), new(Figures.Count(mode.Round))];
                table.AddRow(molecules ? [.. cells, new Text(mode.Smiles ?? "")] : cells);
            }

            console.Write(table);
            console.WriteLine("A mode is: " + modes[0].Definition);
        }

        var rest = modes.Count < snapshot.Modes && !quiet ? $"; {Figures.Count(modes.Count)} shown, --top 0 shows all" : "";
        console.WriteLine($"{Figures.Modes(snapshot.Modes, snapshot.KnownModes)} modes after {Figures.Count(snapshot.OracleCalls)} oracle calls{rest}.");
    }
}
