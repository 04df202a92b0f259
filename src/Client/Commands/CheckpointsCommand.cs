using System.CommandLine;
using System.Globalization;

using Spectre.Console;

using Tempera.Client.Cluster;
using Tempera.Client.CommandLine;
using Tempera.Client.Directories;
using Tempera.Client.Running;
using Tempera.Contracts;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Commands;

/// <summary><c>tempera checkpoints CAMPAIGN [list|verify|export]</c>.</summary>
internal static class CheckpointsCommand
{
    private static readonly string[] Actions = ["list", "verify", "export"];

    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("checkpoints", "List, verify or export the checkpoints of a run.");
        var campaign = CampaignArgument.Create();
        var action = new Argument<string>("ACTION") { Description = "list (default), verify or export.", DefaultValueFactory = static _ => Actions[0] };
        var round = Parsers.Whole("--round", 0, int.MaxValue, "R", "Round of the checkpoint to export (default the newest that verifies).");
        var target = new Option<string?>("--out", "-o") { Description = "Directory to export to; must not exist or be empty.", HelpName = "DIR" };
        command.Arguments.Add(campaign);
        command.Arguments.Add(action);
        command.Options.Add(round);
        command.Options.Add(target);
        var cluster = new ClusterOptions();
        cluster.AddTo(command, withCampaign: false);
        command.SetAction((result, cancellationToken) =>
        {
            var verb = result.GetRequiredValue(action);
            if (!Actions.Contains(verb))
            {
                throw CommandException.Usage($"The action is list, verify or export; received '{verb}'. Choose one.");
            }

            if (verb == "export" && result.GetValue(target) is null)
            {
                throw CommandException.Usage("`checkpoints export` needs a directory and received none. Name one with --out DIR.");
            }

            if (cluster.IsGiven(result))
            {
                return OfCluster(environment, common, cluster, result, result.GetRequiredValue(campaign), verb, cancellationToken);
            }

            var directory = RunDirectory.Find(environment, result.GetRequiredValue(campaign));
            return CampaignArgument.Read(environment, directory, result.GetValue(common.Verbose), async (grain, _) =>
            {
                var records = await grain.Checkpoints(verify: verb != "list");
                if (verb == "export")
                {
                    var to = RunDirectory.At(environment, result.GetRequiredValue(target)!);
                    var chosen = CheckpointExport.Choose(records, (int?)result.GetValue(round), directory);
                    CheckpointExport.Copy(directory, chosen, to);
                    environment.Output.WriteLine(result.GetValue(common.Json)
                        ? JsonLines.Line(new { chosen.Round, Directory = to.Path })
                        : $"Checkpoint of round {Figures.Count(chosen.Round)} verified and copied to {to.DisplayPath}.");
                    return ExitCode.Done;
                }

                Show(environment, common, result, records);
                return records.Any(static record => record.Verified is false) ? ExitCode.Failed : ExitCode.Done;
            }, cancellationToken);
        });
        return command;
    }

    private static async Task<int> OfCluster(
        CommandEnvironment environment, CommonOptions common, ClusterOptions cluster, ParseResult result, string campaign, string verb, CancellationToken cancellationToken)
    {
        if (verb == "export")
        {
            throw CommandException.Usage("`checkpoints export` copies files of a run directory; received --cluster. Leave one of the two out.");
        }

        await using var connection = await cluster.Connect(result, environment, common, cancellationToken);
        var grain = connection.Campaign(CampaignId.Validate(campaign));
        var records = await new ClusterCalls(environment.Time).Ask(() => grain.Checkpoints(verb == "verify"), ClusterCalls.Long, cancellationToken);
        Show(environment, common, result, records);
        return records.Any(static record => record.Verified is false) ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Show(CommandEnvironment environment, CommonOptions common, ParseResult result, IReadOnlyList<CheckpointRecord> records)
    {
        if (result.GetValue(common.Json))
        {
            JsonLines.Write(environment.Output, records);
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("Round").RightAligned()).AddColumn(new TableColumn("Size").RightAligned()).AddColumn("Written (UTC)").AddColumn("State");
        foreach (var record in records)
        {
            var state = record.Damage ?? (record.Verified is true ? "verified" : "not verified");
            table.AddRow(
                new Text(Figures.Count(record.Round)), new Text(Figures.Bytes(record.Bytes)),
                new Text(record.WrittenAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                new Text(state, new Style(foreground: record.Damage is null ? Color.Default : Color.Red)));
        }

        environment.Console.Write(table);
        if (records.Count == 0)
        {
            environment.Console.WriteLine("No checkpoint yet.");
        }
    }
}
