namespace Tempera.Client.CommandLine;

/// <summary>The exit codes scripts rely on.</summary>
internal static class ExitCode
{
    /// <summary>The command did what it was asked.</summary>
    public const int Done = 0;

    /// <summary>The work failed; one sentence said why and what to do.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The server cannot be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Interrupted after a clean checkpoint, as 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
