using Tempera.Model.Schedules;

namespace Tempera.Model.Settings;

/// <summary>One setting of the learner: its summary, and how its text reads from and writes to <see cref="LearnerSettings"/>.</summary>
internal sealed class Setting
{
    private static readonly LearnerSettings Defaults = new();

    private readonly Func<LearnerSettings, string> _read;
    private readonly Func<LearnerSettings, string, LearnerSettings> _write;

    private Setting(string name, string range, string meaning, Func<LearnerSettings, string> read, Func<LearnerSettings, string, LearnerSettings> write)
    {
        (_read, _write) = (read, write);
        Summary = new SettingSummary(name, read(Defaults), range, meaning);
    }

    public SettingSummary Summary { get; }

    public string Name => Summary.Name;

    public string Read(LearnerSettings settings) => _read(settings);

    public LearnerSettings Write(LearnerSettings settings, string text) => _write(settings, text);

    public static Setting Whole(
        string name, int minimum, int maximum, string meaning, Func<LearnerSettings, int> get, Func<LearnerSettings, int, LearnerSettings> set) =>
        new(name, $"{minimum} to {maximum}", meaning, s => SettingText.Format(get(s)), (s, text) => set(s, SettingText.Whole(name, text, minimum, maximum)));

    public static Setting Real(
        string name, RealRange range, string meaning, Func<LearnerSettings, double> get, Func<LearnerSettings, double, LearnerSettings> set) =>
        new(name, range.ToString(), meaning, s => SettingText.Format(get(s)), (s, text) => set(s, SettingText.Real(name, text, range)));

    public static Setting Choice<T>(
        string name, string meaning, Func<LearnerSettings, T> get, Func<LearnerSettings, T, LearnerSettings> set)
        where T : struct, Enum =>
        new(name, string.Join(", ", SettingText.Names<T>()), meaning, s => SettingText.Format(get(s)), (s, text) => set(s, SettingText.Choice<T>(name, text)));

    public static Setting OneOf(
        string name, IReadOnlyList<string> names, string meaning, Func<LearnerSettings, string> get, Func<LearnerSettings, string, LearnerSettings> set) =>
        new(name, string.Join(", ", names), meaning, get, (s, text) => set(s, SettingText.OneOf(name, text, names)));

    /// <summary>Yes or no.</summary>
    public static Setting Flag(string name, string meaning, Func<LearnerSettings, bool> get, Func<LearnerSettings, bool, LearnerSettings> set) =>
        new(name, "false, true", meaning, s => get(s) ? "true" : "false", (s, text) => set(s, SettingText.OneOf(name, text, ["false", "true"]) == "true"));

    /// <summary>A compute device; kept as its canonical text.</summary>
    public static Setting Device(
        string name, string meaning, Func<LearnerSettings, string> get, Func<LearnerSettings, string, LearnerSettings> set) =>
        new(name, DeviceName.Rule, meaning, get, (s, text) => set(s, DeviceName.Parse(text).ToString()));

    /// <summary>A schedule; kept as its canonical text.</summary>
    public static Setting Schedule(
        string name, string meaning, Func<LearnerSettings, string> get, Func<LearnerSettings, string, LearnerSettings> set) =>
        new(name, string.Join(", ", BetaScheduleParser.Names), meaning, get, (s, text) => set(s, BetaScheduleParser.Parse(text, name).Description));
}
