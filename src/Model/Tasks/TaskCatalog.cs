using Tempera.Model.Settings;
using Tempera.Model.Tasks.Rna;
using Tempera.Model.Tasks.Synthetic;

namespace Tempera.Model.Tasks;

/// <summary>The built-in tasks.</summary>
/// <remarks>A new task is one class that makes a <see cref="DesignTask"/> and one entry here.</remarks>
public static class TaskCatalog
{
    private static readonly Entry[] Entries =
    [
        .. RnaTasks.Names.Select(name => new Entry(name, [], _ => RnaTasks.Create(name))),
        new(HypergridTask.Name, HypergridTask.Settings, HypergridTask.Create),
        new(BitsTask.Name, BitsTask.Settings, BitsTask.Create),
    ];

    /// <summary>Names of all tasks, in the order users see them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>
    /// Creates a task. Task settings (<c>dims</c>, <c>side</c>, <c>bits</c>, ...) are taken out of <paramref name="settings"/>;
    /// what remains is for the learner.
    /// </summary>
    /// <exception cref="SettingException">No task has this name (setting <c>task</c>), or a task setting is wrong.</exception>
    public static DesignTask Create(string name, IDictionary<string, string> settings)
    {
        var entry = Find(name);
        var values = new TaskSettingValues(entry.Settings, settings);
        return entry.Create(values) with { Settings = values.Describe() };
    }

    /// <summary>The settings of a task of its own, as help shows them.</summary>
    /// <exception cref="SettingException">No task has this name.</exception>
    public static IReadOnlyList<SettingSummary> ListSettings(string name) => [.. Find(name).Settings.Select(setting => setting.Summary)];

    private static Entry Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name == name)
        ?? throw SettingText.Refuse("task", $"one of {string.Join(", ", Names)}", name, NameSuggestion.For(name, Names));

    private sealed record Entry(string Name, IReadOnlyList<TaskSetting> Settings, Func<TaskSettingValues, DesignTask> Create);
}
