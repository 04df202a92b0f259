using System.Collections.Immutable;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Model.Tasks.Data;

/// <summary>
/// The data that an offline campaign learns from: the objects of a task whose score is at or below a quantile of all, so that
/// whatever is better has to be generalised to.
/// </summary>
/// <remarks>
/// Kim et al. 2024 (arXiv 2310.02823), section 5.2: the lower half of tfbind8 and qm9str, and of sehstr those of 100,000 uniform
/// strings that are at or below the 10th percentile. The same two rules hold for every other task: all objects where a space is
/// small enough to be enumerated, else 100,000 uniform draws (without duplicates) from a fixed stream. A table of measurements
/// has what was measured.
/// </remarks>
public static class OfflineData
{
    /// <summary>Rounds of an offline campaign that names none.</summary>
    public const int Rounds = 1000;

    /// <summary>Uniform draws from a space that is too large to be enumerated.</summary>
    public const int Draws = 100_000;

    /// <summary>Most objects of a space that is enumerated.</summary>
    public const int MaxEnumerated = 1_000_000;

    /// <summary>Share of the objects that is kept where all are known.</summary>
    public const double KnownQuantile = 0.5;

    /// <summary>Share of the uniform draws that is kept.</summary>
    public const double DrawnQuantile = 0.1;

    private const ulong Seed = 142857;
    private const string Setting = "offline";

    /// <summary>The data of a task, in a fixed order.</summary>
    /// <param name="task">The design problem.</param>
    /// <param name="quantile">Share of the objects that is kept, lowest first; 0 takes <see cref="KnownQuantile"/> or <see cref="DrawnQuantile"/>.</param>
    /// <exception cref="SettingException">The space can neither be enumerated nor drawn from uniformly.</exception>
    public static (UInt128[] Objects, double[] Scores) Of(DesignTask task, double quantile)
    {
        var isKnown = IsKnown(task);
        var objects = isKnown ? [.. task.Measured ?? task.Space.EnumerateObjects()] : Draw(task);
        var scores = new double[objects.Length];
        task.Oracle.Score(objects, scores);
        var share = quantile > 0 ? quantile : isKnown ? KnownQuantile : DrawnQuantile;
        var threshold = Quantile(scores, share);
        var kept = Enumerable.Range(0, objects.Length).Where(i => scores[i] <= threshold).ToArray();
        return ([.. kept.Select(i => objects[i])], [.. kept.Select(i => scores[i])]);
    }

    /// <summary>Refuses a task that has no offline data.</summary>
    /// <exception cref="SettingException">The space can neither be enumerated nor drawn from uniformly.</exception>
    public static void Require(DesignTask task)
    {
        if (!IsKnown(task) && task.Space is not IPositionalSpace)
        {
            throw SettingText.Refuse(Setting, $"false where objects can neither be enumerated nor drawn uniformly; the space of task {task.Name} is a {task.Space.Name}", "true", $"Leave {Setting} out");
        }
    }

    private static bool IsKnown(DesignTask task) => task.Measured is not null || task.Space.LogObjectCount <= Math.Log(MaxEnumerated);

    private static UInt128[] Draw(DesignTask task)
    {
        Require(task);
        var (space, random) = ((IPositionalSpace)task.Space, new RandomStreams(Seed).At(RandomStreams.OfflineData, 0));
        var (digits, seen, drawn) = (new int[space.Positions], new HashSet<UInt128>(), ImmutableArray.CreateBuilder<UInt128>(Draws));
        for (var i = 0; i < Draws; i++)
        {
            for (var p = 0; p < digits.Length; p++)
            {
                digits[p] = (int)random.Below((ulong)((i * digits.Length) + p), space.Digits);
            }

            if (space.FromDigits(digits) is var terminal && seen.Add(terminal))
            {
                drawn.Add(terminal);
            }
        }

        return drawn.ToArray();
    }

    // With linear interpolation between order statistics, as the reference computes its medians and percentiles.
    private static double Quantile(double[] scores, double share)
    {
        var sorted = scores.Order().ToArray();
        var position = share * (sorted.Length - 1);
        var (below, part) = ((int)position, position - Math.Floor(position));
        return part == 0 ? sorted[below] : sorted[below] + (part * (sorted[below + 1] - sorted[below]));
    }
}
