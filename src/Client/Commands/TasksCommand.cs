using System.CommandLine;

using Spectre.Console;

using Tempera.Client.CommandLine;
using Tempera.Client.Running;
using Tempera.Silo.Tools;

namespace Tempera.Client.Commands;

/// <summary><c>tempera tasks</c>: the built-in design problems.</summary>
internal static class TasksCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("tasks", "List the built-in tasks: space, oracle, modes, where the data comes from.");
        command.SetAction(result =>
        {
            var tasks = environment.Engine.Tasks();
            if (result.GetValue(common.Json))
            {
                JsonLines.Write(environment.Output, tasks);
            }
            else if (result.GetValue(common.Quiet))
            {
                environment.Output.WriteLine(string.Join('\n', tasks.Select(static task => task.Name)));
            }
            else
            {
                Show(environment, tasks);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(CommandEnvironment environment, IReadOnlyList<TaskSummary> tasks)
    {
        var console = environment.Console;
        foreach (var task in tasks)
        {
            console.Write(new Text(task.Name, new Style(Color.Green, decoration: Decoration.Bold)));
            console.WriteLine();
            var grid = new Grid().AddColumn(new GridColumn { Padding = new Padding(2, 0, 2, 0), NoWrap = true }).AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
            Row("design", task.Description);
            Row("space", Figures.Space(task.LogObjectCount, task.Steps));
            Row("oracle", task.Oracle);
            Row("modes", task.ModeDefinition is null ? "none defined" : task.KnownModes is { } known ? $"{Figures.Count(known)} known: {task.ModeDefinition}" : task.ModeDefinition);
            Row("default", $"{Figures.Count(task.Rounds)} rounds, width {task.Width}, epsilon {Figures.Number(task.Epsilon)}");
            Row("source", task.Source);
            if (task.Data.Count > 0)
            {
                Row("data", $"{string.Join(", ", task.Data)}; `tempera data check {task.Name}`");
            }

            foreach (var setting in environment.Engine.Settings(task.Name))
            {
                Row($"--set {setting.Name}", $"{setting.Meaning} {setting.Range}, default {setting.Default}");
            }

            console.Write(grid);
            console.WriteLine();

            void Row(string label, string value) => grid.AddRow(new Text(label, new Style(foreground: Color.Grey)), new Text(value));
        }

        console.WriteLine("Run one: tempera run " + (tasks.Count > 0 ? tasks[0].Name : "TASK"), new Style(foreground: Color.Aqua));
    }
}
