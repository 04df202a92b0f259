using System.Diagnostics;
using System.Globalization;

using Tempera.Client.Tests.Fakes;

namespace Tempera.Client.Tests.Processes;

/// <summary>The program in a process of its own, in a working directory of its own, with what it prints.</summary>
internal sealed class TemperaProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private TemperaProcess(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Lines of standard output as they come.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>Starts the program that this test project was built with.</summary>
    public static TemperaProcess Start(string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(Tempera.Client.CommandLine.CommandTree).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A telemetry endpoint or data folder of whoever runs the tests is none of theirs.
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("OTEL_", StringComparison.Ordinal) || name == "TEMPERA_DATA").ToArray())
        {
            start.Environment.Remove(name);
        }

        return new TemperaProcess(Process.Start(start)!);
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<CommandResult> Run(string workingDirectory, params string[] arguments)
    {
        await using var process = Start(workingDirectory, arguments);
        return await process.Result();
    }

    /// <summary>Reads lines of output until the n-th that holds a text; false when the process ended before.</summary>
    public async Task<bool> WaitForLine(string text, int occurrences = 1)
    {
        while (occurrences > 0)
        {
            if (await Output.ReadLineAsync() is not { } line)
            {
                return false;
            }

            occurrences -= line.Contains(text, StringComparison.Ordinal) ? 1 : 0;
        }

        return true;
    }

    /// <summary>Ends the process with SIGKILL: none of its code runs any more.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal, as Ctrl-C (INT) or a container's end (TERM) does.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end; the output is what had not been read before.</summary>
    public async Task<CommandResult> Result()
    {
        _process.StandardInput.Close();
        var output = await Output.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return new CommandResult(_process.ExitCode, output, await _error);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        _process.Dispose();
    }
}
