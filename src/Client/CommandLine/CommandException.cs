namespace Tempera.Client.CommandLine;

/// <summary>Ends a command with an exit code and a sentence that states the rule, the value received and the remedy.</summary>
internal sealed class CommandException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The process's exit code.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The command line or the configuration is wrong.</summary>
    public static CommandException Usage(string message) => new(CommandLine.ExitCode.Usage, message);

    /// <summary>The work failed.</summary>
    public static CommandException Failed(string message, Exception? inner = null) => new(CommandLine.ExitCode.Failed, message, inner);
}
