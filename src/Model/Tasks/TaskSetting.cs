using Tempera.Model.Settings;

namespace Tempera.Model.Tasks;

/// <summary>A setting that shapes a task, for example the side of a hypergrid.</summary>
/// <param name="Summary">What help shows.</param>
/// <param name="Canonical">The canonical form of a text, or a <see cref="SettingException"/>.</param>
public sealed record TaskSetting(SettingSummary Summary, Func<string, string> Canonical)
{
    /// <summary>Snake_case name.</summary>
    public string Name => Summary.Name;

    /// <summary>Whole numbers from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static TaskSetting Whole(string name, int @default, int minimum, int maximum, string meaning) => new(
        new SettingSummary(name, SettingText.Format(@default), $"{SettingText.Format(minimum)} to {SettingText.Format(maximum)}", meaning),
        text => SettingText.Format(SettingText.Whole(name, text, minimum, maximum)));

    /// <summary>Numbers from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static TaskSetting Real(string name, double @default, double minimum, double maximum, string meaning) => new(
        new SettingSummary(name, SettingText.Format(@default), $"{SettingText.Format(minimum)} to {SettingText.Format(maximum)}", meaning),
        text => SettingText.Format(SettingText.Real(name, text, new RealRange(minimum, maximum))));

    /// <summary>Any text that a parser accepts.</summary>
    public static TaskSetting Text(string name, string @default, string range, string meaning, Func<string, string> canonical) =>
        new(new SettingSummary(name, @default, range, meaning), canonical);
}
