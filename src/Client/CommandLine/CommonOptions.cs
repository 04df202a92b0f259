using System.CommandLine;

namespace Tempera.Client.CommandLine;

/// <summary>Options that every command understands.</summary>
internal sealed class CommonOptions
{
    /// <summary>Machine-readable output.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON object a line, keys in snake_case.",
        Recursive = true,
    };

    /// <summary>Final line only.</summary>
    public Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Print only the final line.",
        Recursive = true,
    };

    /// <summary>Logs and stack traces.</summary>
    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Print logs of the embedded silo, and stack traces of errors, on standard error.",
        Recursive = true,
    };

    /// <summary>Data directory.</summary>
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Directory of task data (default: the variable TEMPERA_DATA, or for an existing run the one it began with).",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>Adds the options to the root.</summary>
    public void AddTo(Command root)
    {
        root.Options.Add(Json);
        root.Options.Add(Quiet);
        root.Options.Add(Verbose);
        root.Options.Add(Data);
    }
}
