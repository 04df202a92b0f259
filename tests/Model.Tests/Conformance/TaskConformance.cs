using Tempera.Model.Evaluation;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Conformance;

/// <summary>What every task must do. A task of the catalogue is checked by itself; for another call <see cref="Check"/>.</summary>
internal static class TaskConformance
{
    private const double Tolerance = 1e-9;
    private const int EnumeratedObjects = 1 << 18;

    /// <summary>Checks a task: its space, its oracle, its rewards, its modes and what it says about its target.</summary>
    public static void Check(DesignTask task)
    {
        SpaceConformance.Check(task.Space);
        var objects = SpaceConformance.Walks(task.Space, 300);
        var scores = OracleConformance.Check(task.Oracle, objects);
        CheckRewards(task, scores);
        CheckModes(task, objects, scores);
        CheckDistance(task, objects);
        CheckNotation(task, objects);
        CheckTarget(task);
        CheckWhole(task);
    }

    private static void CheckRewards(DesignTask task, double[] scores)
    {
        Assert.Equal(Math.Log(task.Reward.MaxReward), task.Reward.LogReward(task.Reward.MaxScore), Tolerance);
        Assert.All(scores, score => Assert.InRange(task.Reward.LogReward(score), double.MinValue, Math.Log(task.Reward.MaxReward) + Tolerance));
        var ordered = scores.Order().Select(task.Reward.LogReward).ToArray();
        Assert.Equal(ordered.Order(), ordered);
    }

    private static void CheckModes(DesignTask task, UInt128[] objects, double[] scores)
    {
        if (task.Modes is not { } modes)
        {
            return;
        }

        Assert.NotEmpty(modes.Definition);
        var expected = objects.Select((terminal, i) => modes.IsMode(terminal, scores[i])).ToArray();
        var again = new bool[objects.Length];
        Parallel.For(0, objects.Length, i => again[i] = modes.IsMode(objects[i], scores[i]));
        Assert.Equal(expected, again);
    }

    private static void CheckDistance(DesignTask task, UInt128[] objects)
    {
        if (task.Distance is not { } distance)
        {
            return;
        }

        var some = objects.Take(20).ToArray();
        var between = distance.Between(some);
        for (var i = 0; i < some.Length; i++)
        {
            for (var j = 0; j < some.Length; j++)
            {
                Assert.Equal(between(i, j), between(j, i));
                Assert.True(between(i, j) >= 0 && (some[i] != some[j] || between(i, j) == 0));
            }
        }
    }

    private static void CheckNotation(DesignTask task, UInt128[] objects) => Assert.All(objects, terminal =>
    {
        Assert.Equal(task.Notation?.Write(terminal), task.Notation?.Write(terminal));
        Assert.NotEqual("", task.Notation?.Write(terminal));
    });

    private static void CheckTarget(DesignTask task)
    {
        if (task.Target is not { } target)
        {
            return;
        }

        Assert.Equal(target.Scores.Distinct().Order(), target.Scores);
        Assert.Equal(1, target.Counts.Sum(count => (double)count) / Math.Exp(task.Space.LogObjectCount), Tolerance);

        // Statistics in bins know the best score to the width of one.
        Assert.Equal(task.Reward.MaxScore, target.Scores[^1], 1e-3 * Math.Abs(task.Reward.MaxScore));
        Assert.True(target.ModeCounts.Count == 0 || target.ModeCounts.Sum() == task.Modes?.KnownCount);
        Assert.True(target.ModeCounts.Zip(target.Counts).All(pair => pair.First >= 0 && pair.First <= pair.Second));
        Assert.Equal(task.Space.LogObjectCount, new TargetDistribution(target, task.Reward).LogZ(0), Tolerance);
    }

    // Where the space can be listed, everything said about it is counted.
    private static void CheckWhole(DesignTask task)
    {
        if (task.Space.LogObjectCount > Math.Log(EnumeratedObjects) + Tolerance)
        {
            return;
        }

        var objects = task.Space.EnumerateObjects().ToArray();
        Assert.Equal(task.Space.LogObjectCount, Math.Log(objects.Length), Tolerance);
        Assert.Equal(objects.Length, objects.Distinct().Count());
        var scores = new double[objects.Length];
        task.Oracle.Score(objects, scores);
        Assert.Equal(task.Reward.MaxScore, scores.Max(), Tolerance);
        var counted = new TargetHistogram(objects, scores, task.Modes);
        Assert.True(task.Modes?.KnownCount is not { } known || known == counted.ModeCounts.Sum());
        if (task.Target is { } target)
        {
            Assert.Equal(counted.Scores, target.Scores);
            Assert.Equal(counted.Counts, target.Counts);
            Assert.Equal(target.ModeCounts.Count == 0 ? [] : counted.ModeCounts, target.ModeCounts);
        }
    }
}
