using System.Globalization;
using System.Text.RegularExpressions;

namespace Tempera.Model.Settings;

/// <summary>Reads and writes the text of one value. Every refusal names the setting, its rule, the value and a remedy.</summary>
internal static partial class SettingText
{
    public static int Whole(string setting, string text, int minimum, int maximum) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum
            ? value
            : throw Refuse(setting, $"a whole number from {Format(minimum)} to {Format(maximum)}", text, "Choose a number in this range");

    public static double Real(string setting, string text, RealRange range) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && range.Contains(value)
            ? value
            : throw Refuse(setting, $"a number {range}", text, "Choose a number in this range, with a point for decimals");

    public static bool Flag(string setting, string text) =>
        text switch
        {
            "true" => true,
            "false" => false,
            _ => throw Refuse(setting, "true or false", text, "Write true or false"),
        };

    public static string OneOf(string setting, string text, IReadOnlyList<string> names) =>
        names.Contains(text) ? text : throw Refuse(setting, $"one of {string.Join(", ", names)}", text, NameSuggestion.For(text, names));

    public static T Choice<T>(string setting, string text)
        where T : struct, Enum => Enum.GetValues<T>()[Names<T>().ToList().IndexOf(OneOf(setting, text, Names<T>()))];

    /// <summary>Names of an enumeration as users write them: <c>LogitLayer</c> is <c>logit-layer</c>.</summary>
    public static IReadOnlyList<string> Names<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(Kebab)];

    public static string Format<T>(T value)
        where T : struct, Enum => Kebab(value.ToString());

    public static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Format(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Format(bool value) => value ? "true" : "false";

    public static SettingException Refuse(string setting, string rule, string text, string remedy) =>
        new(setting, $"{setting} is {rule}; received '{text}'. {remedy.TrimEnd('.', '?')}{(remedy.EndsWith('?') ? '?' : '.')}");

    private static string Kebab(string name) => WordStart().Replace(name, "-$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex WordStart();
}
