using System.Globalization;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Model.Modes;

/// <summary>A chosen definition of a mode: <c>paper</c>, <c>local:q,r</c> or <c>cluster:q,d</c>.</summary>
/// <remarks>
/// With T the largest set of best objects that has at most q % of all: <c>local:q,r</c> takes the strict maxima of T within
/// distance r; <c>cluster:q,d</c> goes through T from the best down and takes an object unless one taken is nearer than d.
/// docs/method.md section 7.
/// </remarks>
/// <param name="Kind">Which definition.</param>
/// <param name="Percent">q, above 0 and at most 100.</param>
/// <param name="Reach">r or d, in the task's distance.</param>
public sealed record ModeChoice(ModeKind Kind, double Percent, double Reach)
{
    /// <summary>Name of the setting.</summary>
    public const string SettingName = "modes";

    /// <summary>Largest Hamming distance of a rule: a ball of this radius is still quick to go through.</summary>
    public const int LargestHamming = 3;

    /// <summary>The rule of the task's paper.</summary>
    public static ModeChoice Paper { get; } = new(ModeKind.Paper, 0, 0);

    /// <summary>The setting of a task whose distance is the number of letters that differ.</summary>
    /// <param name="default">Default as text.</param>
    /// <param name="hasPaper">Whether the task has a rule of its own.</param>
    public static TaskSetting HammingSetting(string @default, bool hasPaper) => Setting(@default, hasPaper, whole: true,
        $"r a whole Hamming distance from 1 to {LargestHamming}, d from 2 to {LargestHamming + 1}");

    /// <summary>The setting of a task whose distance is 1 - Tanimoto similarity.</summary>
    public static TaskSetting TanimotoSetting(string @default) =>
        Setting(@default, hasPaper: true, whole: false, "r and d a distance 1 - Tanimoto, above 0 and below 1");

    /// <summary>Reads the canonical text of a setting.</summary>
    public static ModeChoice Of(TaskSettingValues values) => TryParse(values.Text(SettingName))!;

    /// <summary>The canonical text.</summary>
    public override string ToString() => Kind == ModeKind.Paper
        ? "paper"
        : FormattableString.Invariant($"{Kind.ToString().ToLowerInvariant()}:{Percent:R},{Reach:R}");

    /// <summary>What the definition says, with the name of the distance.</summary>
    public string Describe(string distance) => FormattableString.Invariant(Kind == ModeKind.Local
        ? (FormattableString)$"{this}: strict local maxima within {distance} {Reach:R} among the best {Percent:R} %"
        : $"{this}: best representatives of the best {Percent:R} % at {distance} at least {Reach:R} from each other");

    private static TaskSetting Setting(string @default, bool hasPaper, bool whole, string reach)
    {
        var forms = (hasPaper ? "paper, " : "") + "local:q,r or cluster:q,d";
        return TaskSetting.Text(
            SettingName, @default, $"{forms}; q in percent above 0, {reach}",
            "What counts as a mode: the task's own rule, local maxima of the best q %, or the best q % clustered by distance.",
            text => TryParse(text) is { } choice && (choice.Kind == ModeKind.Paper ? hasPaper : IsReach(choice, whole))
                ? choice.ToString()
                : throw SettingText.Refuse(SettingName, $"{forms}, with q in percent above 0 and {reach}", text, $"Write for example local:0.5,{(whole ? "1" : "0.5")}"));
    }

    private static ModeChoice? TryParse(string text)
    {
        if (text == "paper")
        {
            return Paper;
        }

        var parts = text.Split(':', ',');
        ModeKind? kind = parts[0] switch { "local" => ModeKind.Local, "cluster" => ModeKind.Cluster, _ => null };
        return kind is { } known && parts.Length == 3 && text[parts[0].Length] == ':'
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)
            && double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var reach)
            && percent is > 0 and <= 100
            ? new ModeChoice(known, percent, reach)
            : null;
    }

    private static bool IsReach(ModeChoice choice, bool whole)
    {
        var least = choice.Kind == ModeKind.Cluster ? 2 : 1;
        return whole
            ? choice.Reach >= least && choice.Reach <= LargestHamming + least - 1 && choice.Reach == Math.Floor(choice.Reach)
            : choice.Reach is > 0 and < 1;
    }
}
