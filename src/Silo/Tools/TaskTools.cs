using Tempera.Contracts.Errors;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Silo.Tools;

/// <summary>What the built-in tasks and the settings are.</summary>
public static class TaskTools
{
    /// <summary>All tasks under their default settings, in the order users see them, whether or not their data is there.</summary>
    public static IReadOnlyList<TaskSummary> List() => [.. TaskCatalog.Names.Select(static name => Summarise(name, TaskCatalog.Outline(name)))];

    /// <summary>One task under some settings, which may also be the learner's.</summary>
    /// <exception cref="TemperaException">UnknownTask, InvalidSetting or TaskData.</exception>
    public static TaskSummary Describe(string task, IReadOnlyDictionary<string, string> settings) =>
        Summarise(task, TaskOutline.Of(SpecificationTools.CreateTask(task, settings)));

    /// <summary>The settings of every campaign.</summary>
    public static IReadOnlyList<SettingSummary> Settings() => [.. SettingCatalog.List.Select(Summarise)];

    /// <summary>The settings that only one task has, for example the side of a hypergrid.</summary>
    /// <exception cref="TemperaException">UnknownTask.</exception>
    public static IReadOnlyList<SettingSummary> Settings(string task)
    {
        try
        {
            return [.. TaskCatalog.ListSettings(task).Select(Summarise)];
        }
        catch (SettingException exception)
        {
            throw new TemperaException(TemperaError.UnknownTask, exception.Message);
        }
    }

    private static TaskSummary Summarise(string name, TaskOutline task) => new(
        name, task.Description, task.Source, task.Space?.LogObjectCount, task.Space?.MaxSteps, task.Oracle, task.KnownModes, task.ModeDefinition,
        task.Defaults.Rounds, task.Defaults.Width, task.Defaults.Epsilon, task.ObjectFile, [.. TaskCatalog.Data(name).Select(static file => file.Name)]);

    private static SettingSummary Summarise(Model.Settings.SettingSummary setting) =>
        new(setting.Name, setting.Default, setting.Range, setting.Meaning);
}
