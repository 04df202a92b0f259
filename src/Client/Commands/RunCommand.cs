using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

using Spectre.Console;

using Tempera.Client.CommandLine;
using Tempera.Client.Running;
using Tempera.Silo.Tools;

namespace Tempera.Client.Commands;

/// <summary><c>tempera run TASK</c>: one campaign, start to end, in an embedded silo.</summary>
internal static class RunCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("run", "Run one campaign, start to end, in an embedded silo; on an existing run directory, carry on with it.");
        var task = new Argument<string?>("TASK") { Description = "A built-in task; `tempera tasks` lists them. May come from --config instead.", Arity = ArgumentArity.ZeroOrOne };
        var directory = new Option<string?>("--out", "-o") { Description = "Run directory (default runs/TASK-seedS).", HelpName = "DIR" };
        var specification = new SpecificationOptions();
        command.Arguments.Add(task);
        command.Options.Add(directory);
        specification.AddTo(command);
        command.Options.Add(new HelpOption { Action = new SettingsHelp(environment) });
        command.SetAction((result, _) =>
        {
            var requested = specification.Read(result, result.GetValue(task), environment);
            TaskNames.Require(environment, requested.Task);
            var plan = RunPlan.ForRun(environment, requested, result.GetValue(directory));
            return new CampaignRunner(environment, ProgressViews.Choose(environment, common, result), result.GetValue(common.Verbose)).Run(plan);
        });
        return command;
    }

    /// <summary>The usual help, then every setting that <c>--set</c> and files understand.</summary>
    private sealed class SettingsHelp(CommandEnvironment environment) : SynchronousCommandLineAction
    {
        private readonly HelpAction _usual = new();

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            _usual.Invoke(parseResult);
            Show("Settings:", environment.Engine.Settings());
            foreach (var task in environment.Engine.Tasks().Where(task => environment.Engine.Settings(task.Name).Count > 0))
            {
                Show($"Settings of {task.Name}:", environment.Engine.Settings(task.Name));
            }

            return ExitCode.Done;
        }

        private void Show(string title, IReadOnlyList<SettingSummary> settings)
        {
            var table = new Grid();
            table.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) });
            table.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
            foreach (var setting in settings)
            {
                table.AddRow(new Text(setting.Name), new Text($"{setting.Meaning} {setting.Range}, default {setting.Default}"));
            }

            environment.Console.WriteLine(title);
            environment.Console.Write(table);
            environment.Console.WriteLine();
        }
    }
}
