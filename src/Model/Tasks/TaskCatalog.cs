namespace Tempera.Model.Tasks;

/// <summary>The built-in tasks.</summary>
public static class TaskCatalog
{
    /// <summary>Names of all tasks, in the order users see them.</summary>
    public static IReadOnlyList<string> Names => [];

    /// <summary>
    /// Creates a task. Task settings (<c>dims</c>, <c>side</c>, <c>bits</c>, ...) are taken out of <paramref name="settings"/>;
    /// what remains is for the learner.
    /// </summary>
    /// <exception cref="Settings.SettingException">No task has this name (setting <c>task</c>), or a task setting is wrong.</exception>
    public static DesignTask Create(string name, IDictionary<string, string> settings) => throw new NotSupportedException($"{name}{settings}");
}
