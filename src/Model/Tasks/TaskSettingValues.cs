using System.Collections.Immutable;
using System.Globalization;
using Tempera.Model.Settings;

namespace Tempera.Model.Tasks;

/// <summary>Values of a task's settings, defaults filled in.</summary>
public sealed class TaskSettingValues
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Takes the settings of a task out of <paramref name="settings"/>; what remains is for others.</summary>
    /// <exception cref="SettingException">A value is malformed or out of range.</exception>
    public TaskSettingValues(IReadOnlyList<TaskSetting> definitions, IDictionary<string, string> settings)
    {
        foreach (var definition in definitions)
        {
            _values[definition.Name] = definition.Canonical(settings.TryGetValue(definition.Name, out var text) ? text : definition.Summary.Default);
        }

        foreach (var definition in definitions)
        {
            settings.Remove(definition.Name);
        }
    }

    /// <summary>The value as text, in its canonical form.</summary>
    public string Text(string name) => _values[name];

    /// <summary>A number.</summary>
    public double Real(string name) => double.Parse(_values[name], CultureInfo.InvariantCulture);

    /// <summary>A whole number.</summary>
    public int Whole(string name) => int.Parse(_values[name], CultureInfo.InvariantCulture);

    /// <summary>Fixes a value that the task itself has found, for example the checksum of a table.</summary>
    public void Resolve(string name, string value) => _values[name] = value;

    /// <summary>Every value, so that the same task can be made again.</summary>
    public ImmutableSortedDictionary<string, string> Describe() => _values.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
