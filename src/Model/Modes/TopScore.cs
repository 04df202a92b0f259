using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Model.Modes;

/// <summary>The lowest score of the best q % of a space, from the number of objects at each score.</summary>
internal static class TopScore
{
    /// <summary>The lowest score of the largest set of best objects with at most this share.</summary>
    /// <exception cref="SettingException">Not even the objects of the best score are so few.</exception>
    public static double Of(ITargetStatistics statistics, ModeChoice choice)
    {
        var limit = choice.Percent / 100 * statistics.Counts.Sum();
        var (count, threshold) = (0L, double.NaN);
        for (var i = statistics.Scores.Count - 1; i >= 0 && count + statistics.Counts[i] <= limit; i--)
        {
            (count, threshold) = (count + statistics.Counts[i], statistics.Scores[i]);
        }

        return count > 0 ? threshold : throw SettingText.Refuse(
            ModeChoice.SettingName, $"a definition whose best q % hold at least the {statistics.Counts[^1]:N0} objects of the best score", choice.ToString(), "Choose a larger q");
    }
}
