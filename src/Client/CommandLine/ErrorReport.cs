using Tempera.Contracts.Errors;

namespace Tempera.Client.CommandLine;

/// <summary>Turns an exception into one sentence on standard error and an exit code.</summary>
internal static class ErrorReport
{
    /// <summary>Writes the error; the stack trace only when <paramref name="verbose"/>.</summary>
    public static int Write(Exception exception, TextWriter error, bool verbose)
    {
        var cause = Unwrap(exception);
        error.WriteLine("tempera: " + Sentence(cause));
        if (verbose)
        {
            error.WriteLine(exception);
        }

        error.Flush();
        return Code(cause);
    }

    /// <summary>The exit code of an exception.</summary>
    public static int Code(Exception exception) => exception switch
    {
        CommandException command => command.ExitCode,
        TemperaException tempera => Code(tempera.Code),
        OperationCanceledException => ExitCode.Interrupted,
        _ => ExitCode.Failed,
    };

    private static int Code(TemperaError error) => error switch
    {
        TemperaError.InvalidSetting or TemperaError.UnknownTask or TemperaError.UnknownCampaign
            or TemperaError.CampaignConflict or TemperaError.InvalidObject or TemperaError.TaskData => ExitCode.Usage,
        _ => ExitCode.Failed,
    };

    private static Exception Unwrap(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        _ => exception,
    };

    private static string Sentence(Exception exception) => exception switch
    {
        CommandException or TemperaException => exception.Message,
        OperationCanceledException => "Interrupted.",
        TimeoutException => "The campaign did not answer in time, as happens while a machine is overloaded or asleep. Run the command again: `resume` carries on from the last checkpoint.",
        UnauthorizedAccessException => $"{exception.Message} Check who owns the path, or choose another.",
        IOException => $"{exception.Message} Check the path and the space left on its disk, then run the command again.",
        _ => $"{exception.Message} This is a defect of Tempera: run again with --verbose and report what it prints.",
    };
}
