using Spectre.Console;

using Tempera.Client.CommandLine;

namespace Tempera.Client.Tests.Fakes;

/// <summary>The command line in a directory of its own, with everything outside it scripted.</summary>
internal sealed class TestCommandLine : IDisposable
{
    public TestCommandLine() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "tempera-cli-" + Guid.NewGuid().ToString("N"));

    public ScriptedEngine Engine { get; } = new();

    public ManualClock Clock { get; } = new();

    public ManualInterruptions Interruptions { get; } = new();

    public List<int> Exits { get; } = [];

    public Dictionary<string, string> Variables { get; } = [];

    public string Input { get; set; } = "";

    public bool IsTerminal { get; set; }

    public async Task<CommandResult> Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = IsTerminal ? InteractionSupport.Yes : InteractionSupport.No,
        });
        console.Profile.Width = IsTerminal ? 80 : 240;
        console.Profile.Capabilities.Unicode = true;
        var code = await new CommandTree(new CommandEnvironment
        {
            Engine = Engine,
            Output = output,
            Error = error,
            OpenInput = () => new StringReader(Input),
            Console = console,
            IsTerminal = IsTerminal,
            Time = Clock,
            WorkingDirectory = Root,
            CommandText = "tempera " + string.Join(' ', arguments),
            Interruptions = Interruptions,
            GetVariable = name => Variables.GetValueOrDefault(name),
            SetVariable = (name, value) => Variables[name] = value,
            Exit = Exits.Add,
        }).Run(arguments);
        return new(code, output.ToString(), error.ToString());
    }

    public string At(string path) => Path.Combine(Root, path);

    public string Write(string path, string text)
    {
        var full = At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>What a command line did.</summary>
internal sealed record CommandResult(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
