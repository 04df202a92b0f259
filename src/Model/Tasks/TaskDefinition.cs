using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Tasks;

/// <summary>A built-in task: its settings, the files it is made of, and how it is made.</summary>
/// <param name="Name">Name a user types.</param>
/// <param name="Settings">The settings only this task has.</param>
/// <param name="Create">Makes the task; throws <see cref="Model.Settings.SettingException"/> or <see cref="TaskDataException"/>.</param>
public sealed record TaskDefinition(string Name, IReadOnlyList<TaskSetting> Settings, Func<TaskSettingValues, ITaskData, DesignTask> Create)
{
    /// <summary>Files of the data directory that the task reads; none for a task that computes everything.</summary>
    public IReadOnlyList<TaskDataFile> Data { get; init; } = [];

    /// <summary>What can be said without the data; null for a task that needs none, since it can be made.</summary>
    public TaskOutline? Outline { get; init; }
}
