using Spectre.Console;

using Tempera.Client.Cluster;
using Tempera.Client.Engine;
using Tempera.Client.Running;

namespace Tempera.Client.CommandLine;

/// <summary>Everything a command touches outside itself, so that tests can stand in for any of it.</summary>
internal sealed record CommandEnvironment
{
    /// <summary>Campaigns and tools.</summary>
    public required IEngineHost Engine { get; init; }

    /// <summary>Standard output.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public required Func<TextReader> OpenInput { get; init; }

    /// <summary>Tables and live displays for people, on standard output.</summary>
    public required IAnsiConsole Console { get; init; }

    /// <summary>True when standard output is a terminal that understands cursor movement.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Directory that relative paths start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>What was typed, for the record in config.json.</summary>
    public required string CommandText { get; init; }

    /// <summary>Delivers Ctrl-C and SIGTERM.</summary>
    public required IInterruptionSource Interruptions { get; init; }

    /// <summary>Reads a variable of this process; null where it is not set.</summary>
    public Func<string, string?> GetVariable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Sets a variable of this process, for tasks that read data files.</summary>
    public required Action<string, string> SetVariable { get; init; }

    /// <summary>Campaigns of clusters.</summary>
    public IClusterConnector Cluster { get; init; } = new OrleansConnector();

    /// <summary>Ends the process at once.</summary>
    public required Action<int> Exit { get; init; }

    /// <summary>A path relative to <see cref="WorkingDirectory"/>, as a full path.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);
}
