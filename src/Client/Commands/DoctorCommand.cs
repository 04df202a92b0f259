using System.CommandLine;

using Spectre.Console;

using Tempera.Client.CommandLine;
using Tempera.Silo.Tools;

namespace Tempera.Client.Commands;

/// <summary><c>tempera doctor</c>: what each compute device would load and run here, and why not.</summary>
internal static class DoctorCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("doctor", "Check what each compute device would load and run on this machine, and why not.");
        command.SetAction(result =>
        {
            var reports = environment.Engine.Devices();
            if (result.GetValue(common.Json))
            {
                JsonLines.Write(environment.Output, reports);
            }
            else if (result.GetValue(common.Quiet))
            {
                environment.Output.WriteLine(string.Join('\n', reports.Where(static report => report.Usable).Select(static report => report.Device)));
            }
            else
            {
                Show(environment.Console, reports);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(IAnsiConsole console, IReadOnlyList<DeviceReport> reports)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) })
            .AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var report in reports)
        {
            grid.AddRow(
                new Text(report.Device), new Text(report.Usable ? "works" : "does not", new Style(report.Usable ? Color.Green : Color.Yellow)),
                new Text(report.Reason is null ? report.Runs : $"{report.Runs}: {report.Reason}"));
        }

        console.Write(grid);
    }
}
