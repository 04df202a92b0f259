using System.CommandLine;

using Spectre.Console;

using Tempera.Client.CommandLine;
using Tempera.Silo.Data;

namespace Tempera.Client.Commands;

/// <summary><c>tempera data fetch|check TASK</c>: the data files of a task.</summary>
internal static class DataCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("data", "Download the public data of a task, or check what is there.");
        command.Subcommands.Add(Verb("check", "Check that the files of a task are there and have the content it was made of.",
            static (engine, task, _, _) => Task.FromResult(engine.CheckData(task))));
        command.Subcommands.Add(Verb("fetch", "Download what is missing and has a public original, with checksums; an interrupted download goes on.",
            static (engine, task, progress, cancellationToken) => engine.FetchData(task, progress, cancellationToken)));
        return command;

        Command Verb(string name, string description, Func<Engine.IEngineHost, string, IProgress<long>?, CancellationToken, Task<IReadOnlyList<DataFileStatus>>> work)
        {
            var verb = new Command(name, description);
            var task = new Argument<string>("TASK") { Description = "A built-in task; `tempera tasks` lists them." };
            verb.Arguments.Add(task);
            verb.SetAction(async (result, cancellationToken) =>
            {
                var named = result.GetRequiredValue(task);
                TaskNames.Require(environment, named);
                var progress = environment.IsTerminal && !result.GetValue(common.Quiet) && !result.GetValue(common.Json) ? new Received(environment.Error) : null;
                var files = await work(environment.Engine, named, progress, cancellationToken);
                Show(environment, named, files, result.GetValue(common.Json), result.GetValue(common.Quiet));
                return files.All(static file => file.State == DataFileState.Good) ? ExitCode.Done : ExitCode.Failed;
            });
            return verb;
        }
    }

    private static void Show(CommandEnvironment environment, string task, IReadOnlyList<DataFileStatus> files, bool json, bool quiet)
    {
        if (json)
        {
            JsonLines.Write(environment.Output, files);
            return;
        }

        foreach (var file in files.Where(file => !quiet || file.State != DataFileState.Good))
        {
            environment.Console.WriteLine($"{file.State.ToString().ToLowerInvariant(),-8} {file.Name}  {file.Meaning}");
            if (file.Message is { } message)
            {
                environment.Console.WriteLine("         " + message);
            }
        }

        var good = files.Count(static file => file.State == DataFileState.Good);
        environment.Console.WriteLine(files.Count == 0
            ? $"{task} needs no data: it computes everything."
            : $"{good} of {files.Count} files of {task} are good.");
    }

    private sealed class Received(TextWriter error) : IProgress<long>
    {
        public void Report(long value) => error.Write($"\r{value / 1024.0 / 1024.0:0.0} MiB");
    }
}
