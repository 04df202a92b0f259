using Tempera.Model.Settings;
using Tempera.Model.Tasks.Data;
using Tempera.Model.Tasks.Molecules;
using Tempera.Model.Tasks.Rna;
using Tempera.Model.Tasks.Synthetic;
using Tempera.Model.Tasks.Tables;

namespace Tempera.Model.Tasks;

/// <summary>The built-in tasks.</summary>
/// <remarks>A new task is one class with a <see cref="TaskDefinition"/> and one entry here; docs/tutorial-new-task.md adds one.</remarks>
public static class TaskCatalog
{
    private static readonly TaskDefinition[] Definitions =
    [
        .. RnaTasks.Definitions,
        TfBind8Task.Definition,
        Qm9StrTask.Definition,
        SehStrTask.Definition,
        HypergridTask.Definition,
        BitsTask.Definition,
        EhrlichTask.Definition,
        TableTask.Definition,
    ];

    /// <summary>Names of all tasks, in the order users see them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Definitions.Select(definition => definition.Name)];

    /// <summary>
    /// Creates a task. Task settings (<c>dims</c>, <c>side</c>, <c>bits</c>, ...) are taken out of <paramref name="settings"/>;
    /// what remains is for the learner.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="settings">Settings by snake_case name.</param>
    /// <param name="data">Opens the files of tasks that have some; null for none.</param>
    /// <exception cref="SettingException">No task has this name (setting <c>task</c>), or a task setting is wrong.</exception>
    /// <exception cref="TaskDataException">The task's data is missing or not what it should be.</exception>
    public static DesignTask Create(string name, IDictionary<string, string> settings, ITaskData? data = null)
    {
        var definition = Find(name);
        var values = new TaskSettingValues(definition.Settings, settings);
        var task = definition.Create(values, data ?? new NoTaskData());
        return task with { Settings = values.Describe() };
    }

    /// <summary>What can be said of a task under default settings, whether or not its data is there.</summary>
    /// <exception cref="SettingException">No task has this name.</exception>
    public static TaskOutline Outline(string name) => Find(name).Outline ?? TaskOutline.Of(Create(name, new Dictionary<string, string>()));

    /// <summary>The files of the data directory that a task reads.</summary>
    /// <exception cref="SettingException">No task has this name.</exception>
    public static IReadOnlyList<TaskDataFile> Data(string name) => Find(name).Data;

    /// <summary>The settings of a task of its own, as help shows them.</summary>
    /// <exception cref="SettingException">No task has this name.</exception>
    public static IReadOnlyList<SettingSummary> ListSettings(string name) => [.. Find(name).Settings.Select(setting => setting.Summary)];

    private static TaskDefinition Find(string name) =>
        Array.Find(Definitions, definition => definition.Name == name)
        ?? throw SettingText.Refuse("task", $"one of {string.Join(", ", Names)}", name, NameSuggestion.For(name, Names));
}
