using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

using Spectre.Console;

using Tempera.Client.CommandLine;
using Tempera.Client.Running;
using Tempera.Silo.Clustering;
using Tempera.Silo.Embedding;

namespace Tempera.Client.Commands;

/// <summary><c>tempera silo</c>: a cluster member.</summary>
internal static class SiloCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("silo", "Serve as a member of a cluster until told to stop, then take running campaigns to a checkpoint.");
        var config = new Option<string?>("--config") { Description = "YAML or JSON file of settings.", HelpName = "FILE" };
        var set = new Option<string[]>("--set") { Description = "A setting, as key=value; repeatable.", HelpName = "key=value" };
        command.Options.Add(config);
        command.Options.Add(set);
        command.Options.Add(new HelpOption { Action = new SettingsHelp(environment) });
        command.SetAction(async (result, _) =>
        {
            var settings = Read(environment, result.GetValue(config), result.GetValue(set));
            using var interruption = new Interruption(environment);
            await using var silo = await ClusterSilo.StartAsync(
                settings, result.GetValue(common.Quiet) ? null : StandardErrorLogging.AddForService, interruption.Requested);
            environment.Output.WriteLine(
                $"silo {settings.Name} of cluster {settings.ClusterId}: silos at port {settings.SiloPort}, clients at {settings.GatewayPort}, health and metrics at {settings.HttpPort}");
            environment.Output.Flush();
            var asked = Task.Delay(Timeout.InfiniteTimeSpan, interruption.Requested);
            if (await Task.WhenAny(asked, silo.Completion) != asked)
            {
                throw CommandException.Failed($"A silo serves until it is told to stop; {settings.Name} stopped by itself. The log above says why. Start it again.");
            }

            await silo.StopAsync(CancellationToken.None);
            environment.Output.WriteLine($"silo {settings.Name} has left the cluster");
            return ExitCode.Done;
        });
        return command;
    }

    // The command line wins over variables, and these over the file.
    private static ClusterSiloSettings Read(CommandEnvironment environment, string? path, string[]? assignments)
    {
        var texts = new Dictionary<string, string>(
            path is null ? ConfigurationFile.Empty.Settings : ConfigurationFile.Read(environment.FullPath(path)).Settings, StringComparer.Ordinal);
        foreach (var name in ClusterSiloSettingCatalog.All.SelectMany(static setting => setting.IsSecret ? [setting.Name, setting.Name + "_file"] : new[] { setting.Name }))
        {
            if (environment.GetVariable(ClusterSiloSettingCatalog.VariablePrefix + name.ToUpperInvariant()) is { Length: > 0 } value)
            {
                texts[name] = value;
            }
        }

        foreach (var (name, value) in SpecificationOptions.Assignments(assignments, environment))
        {
            texts[name] = value;
        }

        return ClusterSiloSettingCatalog.Resolve(texts, file => File.ReadAllText(environment.FullPath(file)));
    }

    /// <summary>The usual help, then every setting.</summary>
    private sealed class SettingsHelp(CommandEnvironment environment) : SynchronousCommandLineAction
    {
        private readonly HelpAction _usual = new();

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            _usual.Invoke(parseResult);
            var table = new Grid();
            table.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) });
            table.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
            foreach (var setting in ClusterSiloSettingCatalog.All)
            {
                var fallback = setting.Default.Length > 0 ? $", default {setting.Default}" : "";
                table.AddRow(new Text(setting.Name), new Text($"{setting.Meaning} {setting.Range}{fallback}"));
            }

            environment.Console.WriteLine($"Settings, also as variables {ClusterSiloSettingCatalog.VariablePrefix}NAME; redis and storage_connection_string also from files, as redis_file and storage_connection_string_file:");
            environment.Console.Write(table);
            environment.Console.WriteLine();
            return ExitCode.Done;
        }
    }
}
