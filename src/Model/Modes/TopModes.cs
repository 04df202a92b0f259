using System.Globalization;
using Tempera.Model.Settings;

namespace Tempera.Model.Modes;

/// <summary>Finds the modes of a space from the list of its best objects, by <see cref="ModeChoice"/>.</summary>
public static class TopModes
{
    /// <summary>Most objects in the best q %: every pair of them may be compared.</summary>
    public const int MaxObjects = 20_000;

    /// <summary>The modes by a definition of ours.</summary>
    /// <param name="choice"><c>local</c> or <c>cluster</c>.</param>
    /// <param name="objects">At least the best q % of all objects, in any order.</param>
    /// <param name="scores">Their raw scores.</param>
    /// <param name="total">Number of all objects, of which q is a share.</param>
    /// <param name="distance">The task's distance.</param>
    /// <exception cref="SettingException">The best q % are none, more than are given, or more than <see cref="MaxObjects"/>.</exception>
    public static ModeSet Find(
        ModeChoice choice, IReadOnlyList<UInt128> objects, IReadOnlyList<double> scores, double total, IObjectDistance distance)
    {
        // The order of the given objects decides between equal scores.
        var order = Enumerable.Range(0, objects.Count).OrderByDescending(i => scores[i]).ToArray();
        var wanted = Math.Floor(choice.Percent / 100 * total);
        var most = Math.Min(MaxObjects, objects.Count);
        var count = wanted <= most ? Whole(order, scores, (int)wanted) : 0;
        if (count == 0)
        {
            throw SettingText.Refuse(ModeChoice.SettingName, string.Create(
                    CultureInfo.InvariantCulture, $"a definition whose best q % are 1 to {most:N0} of the {total:N0} objects, equal scores together"),
                choice.ToString(), string.Create(CultureInfo.InvariantCulture, $"Choose q up to {100 * most / total:0.####}, and large enough"));
        }

        var best = order.Take(count).Select(i => objects[i]).ToArray();
        var bestScores = order.Take(count).Select(i => scores[i]).ToArray();
        var between = distance.Between(best);
        return new ModeSet(choice.Describe(distance.Name), choice.Kind == ModeKind.Local
            ? Local(best, bestScores, choice.Reach, between)
            : Clusters(best, choice.Reach, between));
    }

    // Equal scores stay together: T is the largest set with at most q %.
    private static int Whole(int[] order, IReadOnlyList<double> scores, int wanted) =>
        wanted == 0 || wanted == order.Length || scores[order[wanted - 1]] != scores[order[wanted]]
            ? wanted
            : Array.FindIndex(order, i => scores[i] == scores[order[wanted]]);

    private static IEnumerable<UInt128> Local(UInt128[] best, double[] scores, double radius, Func<int, int, double> between)
    {
        for (var i = 0; i < best.Length; i++)
        {
            var isMode = true;
            for (var j = 0; isMode && j < best.Length && scores[j] >= scores[i]; j++)
            {
                isMode = j == i || between(i, j) > radius;
            }

            if (isMode)
            {
                yield return best[i];
            }
        }
    }

    private static IEnumerable<UInt128> Clusters(UInt128[] best, double distance, Func<int, int, double> between)
    {
        var taken = new List<int>();
        for (var i = 0; i < best.Length; i++)
        {
            if (!taken.Exists(j => between(i, j) < distance))
            {
                taken.Add(i);
                yield return best[i];
            }
        }
    }
}
