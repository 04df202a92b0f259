using Tempera.Client.CommandLine;

namespace Tempera.Client.Commands;

/// <summary>Task names as users type them.</summary>
internal static class TaskNames
{
    /// <summary>Refuses a name that no task has, and suggests the nearest.</summary>
    /// <exception cref="CommandException">No task has the name.</exception>
    public static void Require(CommandEnvironment environment, string name)
    {
        var names = environment.Engine.Tasks().Select(static task => task.Name).ToList();
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            var meant = Nearest.Find(name, names);
            throw CommandException.Usage(
                $"A task is one of {string.Join(", ", names)}; received '{name}'.{(meant is null ? "" : $" Did you mean '{meant}'?")} `tempera tasks` describes them.");
        }
    }
}
