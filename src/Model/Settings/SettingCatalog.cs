using Tempera.Model.Tasks;

namespace Tempera.Model.Settings;

/// <summary>The names, defaults, ranges and meanings of all settings, and the only place that validates them.</summary>
public static class SettingCatalog
{
    /// <summary>Resolves text settings over a task's defaults.</summary>
    /// <exception cref="SettingException">A name is unknown, or a value malformed or out of range.</exception>
    public static LearnerSettings Resolve(DesignTask task, IReadOnlyDictionary<string, string> settings) =>
        throw new NotSupportedException($"{task}{settings}");

    /// <summary>Every setting as text, so that <see cref="Resolve"/> gives the same record again.</summary>
    public static IReadOnlyDictionary<string, string> Describe(LearnerSettings settings) => throw new NotSupportedException($"{settings}");
}
