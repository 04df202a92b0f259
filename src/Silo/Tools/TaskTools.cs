using System.Collections.Immutable;

using Tempera.Contracts.Errors;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Silo.Tools;

/// <summary>What the built-in tasks and the settings are.</summary>
public static class TaskTools
{
    /// <summary>All tasks under their default settings, in the order users see them.</summary>
    public static IReadOnlyList<TaskSummary> List() =>
        [.. TaskCatalog.Names.Select(static name => Describe(name, ImmutableDictionary<string, string>.Empty))];

    /// <summary>One task under some settings, which may also be the learner's.</summary>
    /// <exception cref="TemperaException">UnknownTask or InvalidSetting.</exception>
    public static TaskSummary Describe(string task, IReadOnlyDictionary<string, string> settings)
    {
        var design = SpecificationTools.CreateTask(task, settings);
        return new TaskSummary(
            design.Name, design.Description, design.Source, design.Space.LogObjectCount, design.Space.MaxSteps, design.Oracle.Version,
            design.Modes?.KnownCount, design.Modes?.Definition, design.Defaults.Rounds, design.Defaults.Width, design.Defaults.Epsilon,
            design.ObjectFile);
    }

    /// <summary>The settings of every campaign.</summary>
    public static IReadOnlyList<SettingSummary> Settings() => [.. SettingCatalog.List.Select(Summarise)];

    /// <summary>The settings that only one task has, for example the side of a hypergrid.</summary>
    /// <exception cref="TemperaException">UnknownTask.</exception>
    public static IReadOnlyList<SettingSummary> Settings(string task)
    {
        SpecificationTools.CreateTask(task, ImmutableDictionary<string, string>.Empty);
        return [.. TaskCatalog.ListSettings(task).Select(Summarise)];
    }

    private static SettingSummary Summarise(Model.Settings.SettingSummary setting) =>
        new(setting.Name, setting.Default, setting.Range, setting.Meaning);
}
