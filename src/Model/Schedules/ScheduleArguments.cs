using Tempera.Model.Settings;

namespace Tempera.Model.Schedules;

/// <summary>The arguments of a schedule's text: numbers by position, then <c>key=value</c> pairs.</summary>
internal sealed class ScheduleArguments
{
    private readonly string _setting;
    private readonly string _text;
    private readonly string[] _positional;
    private readonly Dictionary<string, string> _named = [];

    /// <exception cref="SettingException">A number after a pair, a repeated or unknown key, or the wrong number of numbers.</exception>
    public ScheduleArguments(string setting, string text, IReadOnlyList<string> positions, IReadOnlyList<string> keys)
    {
        (_setting, _text) = (setting, text);
        var name = text.Split(':')[0].Trim();
        var form = $"{name}:{string.Join(',', positions)}{string.Concat(keys.Select(key => $"[,{key}=...]"))}";
        var parts = text.Contains(':') ? text[(text.IndexOf(':') + 1)..].Split(',', StringSplitOptions.TrimEntries) : [];
        _positional = [.. parts.TakeWhile(part => !part.Contains('='))];
        if (_positional.Length != positions.Count)
        {
            throw Refuse($"written {form}", $"Give {positions.Count} number{(positions.Count == 1 ? "" : "s")}");
        }

        foreach (var pair in parts[_positional.Length..].Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries)))
        {
            if (pair.Length != 2 || !keys.Contains(pair[0]))
            {
                throw Refuse($"written {form}", keys.Count == 0 ? $"Remove '{pair[0]}'" : $"'{pair[0]}' is no key of {name}. {NameSuggestion.For(pair[0], keys)}");
            }

            if (!_named.TryAdd(pair[0], pair[1]))
            {
                throw Refuse("written with each key once", $"Give {pair[0]} once");
            }
        }
    }

    public SettingException Refuse(string rule, string remedy) => SettingText.Refuse(_setting, $"a schedule {rule}", _text, remedy);

    public double Beta(int position) => Number(_positional[position], $"beta in '{_text}'", BetaScheduleParser.Betas);

    public double Real(string key, double fallback, RealRange range) =>
        _named.TryGetValue(key, out var text) ? Number(text, key, range) : fallback;

    public int Whole(string key, int fallback, int minimum, int maximum) =>
        _named.TryGetValue(key, out var text) ? InSetting(() => SettingText.Whole(key, text, minimum, maximum)) : fallback;

    public bool Flag(string key) => _named.TryGetValue(key, out var text) && InSetting(() => SettingText.Flag(key, text));

    public T Choice<T>(string key)
        where T : struct, Enum => _named.TryGetValue(key, out var text) ? InSetting(() => SettingText.Choice<T>(key, text)) : default;

    private double Number(string text, string name, RealRange range) => InSetting(() => SettingText.Real(name, text, range));

    /// <summary>Errors of an argument are errors of the setting that holds the schedule.</summary>
    private T InSetting<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SettingException exception)
        {
            throw new SettingException(_setting, $"{_setting}: {exception.Message}");
        }
    }
}
