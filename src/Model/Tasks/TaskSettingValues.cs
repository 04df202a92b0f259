using System.Collections.Immutable;
using Tempera.Model.Settings;

namespace Tempera.Model.Tasks;

/// <summary>Values of a task's settings, defaults filled in.</summary>
internal sealed class TaskSettingValues
{
    private readonly Dictionary<string, double> _values = [];

    /// <summary>Takes the settings of a task out of <paramref name="settings"/>; what remains is for others.</summary>
    /// <exception cref="SettingException">A value is malformed or out of range.</exception>
    public TaskSettingValues(IReadOnlyList<TaskSetting> definitions, IDictionary<string, string> settings)
    {
        foreach (var definition in definitions)
        {
            _values[definition.Name] = settings.TryGetValue(definition.Name, out var text) ? definition.Parse(text) : definition.Default;
        }

        foreach (var definition in definitions)
        {
            settings.Remove(definition.Name);
        }
    }

    public double Real(string name) => _values[name];

    public int Whole(string name) => (int)_values[name];

    public ImmutableSortedDictionary<string, string> Describe() =>
        _values.ToImmutableSortedDictionary(pair => pair.Key, pair => SettingText.Format(pair.Value), StringComparer.Ordinal);
}
