using System.Text;

using Spectre.Console;

using Tempera.Client.Engine;
using Tempera.Client.Running;

namespace Tempera.Client.CommandLine;

/// <summary>The command line in a real process: console, signals, clock.</summary>
internal static class ProcessEnvironment
{
    /// <summary>Wide enough that no table cell of piped output is cut.</summary>
    private const int PipedWidth = 240;

    /// <summary>Runs one command line of this process.</summary>
    public static async Task<int> Run(string[] arguments)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var redirected = Console.IsOutputRedirected;
        await using var buffered = redirected ? new StreamWriter(Console.OpenStandardOutput(), utf8, 1 << 14) : null;
        var output = buffered ?? Console.Out;
        await using var error = new StreamWriter(Console.OpenStandardError(), utf8, 1 << 10) { AutoFlush = true };
        using var interruptions = new SignalInterruptions();
        var console = CreateConsole(output, redirected);
        var environment = new CommandEnvironment
        {
            Engine = new SiloEngineHost(),
            Output = output,
            Error = error,
            OpenInput = () => new StreamReader(Console.OpenStandardInput(), utf8, detectEncodingFromByteOrderMarks: true, 1 << 16),
            Console = console,
            IsTerminal = !redirected && console.Profile.Capabilities.Ansi && Environment.GetEnvironmentVariable("TERM") is not "dumb",
            Time = TimeProvider.System,
            WorkingDirectory = Environment.CurrentDirectory,
            CommandText = string.Join(' ', ["tempera", .. arguments.Select(Quote)]),
            Interruptions = interruptions,
            SetVariable = Environment.SetEnvironmentVariable,
            Exit = Environment.Exit,
        };
        try
        {
            return await new CommandTree(environment).Run(arguments);
        }
        finally
        {
            await FlushQuietly(output);
        }
    }

    private static IAnsiConsole CreateConsole(TextWriter output, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(redirected ? new TrimmedLines(output) : output),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Capabilities.Unicode = true;
            console.Profile.Width = PipedWidth;
        }

        return console;
    }

    /// <summary>A closed pipe, as in `tempera modes X | head`, is the reader's choice and no error.</summary>
    private static async Task FlushQuietly(TextWriter output)
    {
        try
        {
            await output.FlushAsync();
        }
        catch (IOException)
        {
        }
    }

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(static c => char.IsAsciiLetterOrDigit(c) || "-_=:,./+%@".Contains(c)) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
