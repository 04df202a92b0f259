using Tempera.Model.Settings;

namespace Tempera.Model.Objectives;

/// <summary>The objectives by the name a user types. A new objective is one class and one line here.</summary>
public static class ObjectiveCatalog
{
    private static readonly (string Name, Func<IObjective> Create)[] Entries =
    [
        ("tb", static () => new TrajectoryBalance()),
    ];

    /// <summary>Names of all objectives, in the order users see them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(static entry => entry.Name)];

    /// <summary>Creates an objective.</summary>
    /// <exception cref="SettingException">No objective has this name (setting <c>objective</c>).</exception>
    public static IObjective Create(string name)
    {
        foreach (var entry in Entries)
        {
            if (entry.Name == name)
            {
                return entry.Create();
            }
        }

        throw new SettingException("objective", $"objective must be one of {string.Join(", ", Names)}; got '{name}'. Use --objective {Names[0]}.");
    }
}
