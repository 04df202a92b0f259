namespace Tempera.Client.CommandLine;

/// <summary>The directory of task data, which a run remembers so that it is found again.</summary>
internal static class DataDirectory
{
    /// <summary>The variable that names it.</summary>
    public const string Variable = "TEMPERA_DATA";

    /// <summary>The directory of this process as a full path; null for none.</summary>
    public static string? Of(CommandEnvironment environment) =>
        environment.GetVariable(Variable) is { Length: > 0 } path ? environment.FullPath(path) : null;

    /// <summary>Takes the directory a run remembers, unless the user named one now or it is gone.</summary>
    public static void Restore(CommandEnvironment environment, string? remembered)
    {
        if (Of(environment) is null && remembered is not null && Directory.Exists(remembered))
        {
            environment.SetVariable(Variable, remembered);
        }
    }
}
