using Tempera.Model.Oracles.Synthetic;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Model.Tasks.Synthetic;

/// <summary>The hypergrid with the corner reward: its target is known exactly, so it is the unit test of the field.</summary>
/// <remarks>The raw score is the reward itself: exponent 1, and R_max the best score. Bengio et al. 2021 (arXiv 2106.04399).</remarks>
internal static class HypergridTask
{
    private const string Name = "hypergrid";
    private const string Dims = "dims", Side = "side", Base = "r0", Corner = "r1", Peak = "r2";

    private static readonly IReadOnlyList<TaskSetting> Settings =
    [
        TaskSetting.Whole(Dims, 2, 1, 15, "Dimensions of the grid."),
        TaskSetting.Whole(Side, 8, 2, 256, "Cells along each dimension."),
        TaskSetting.Real(Base, 0.1, 1e-6, 1000, "Reward of every cell."),
        TaskSetting.Real(Corner, 0.5, 0, 1000, "Reward added in the corners."),
        TaskSetting.Real(Peak, 2, 0, 1000, "Reward added in the peaks inside the corners, the modes."),
    ];

    public static TaskDefinition Definition { get; } = new(Name, Settings, (settings, _) => Create(settings));

    private static DesignTask Create(TaskSettingValues settings)
    {
        var space = new HypergridSpace(settings.Whole(Dims), settings.Whole(Side));
        var reward = new HypergridReward(space.Side, settings.Real(Base), settings.Real(Corner), settings.Real(Peak));
        var corners = Power(Enumerable.Range(0, space.Side).Count(reward.InCorner), space.Dimensions);
        var peaks = Power(Enumerable.Range(0, space.Side).Count(reward.InPeak), space.Dimensions);
        var maximum = reward.Of(corner: true, peak: peaks != 0);
        var oracle = new HypergridOracle(space, reward);
        return new DesignTask
        {
            Name = Name,
            Description = $"Cells of a grid, {space.Dimensions} dimensions of {space.Side}, with separated corner peaks.",
            Source = "computed; Bengio et al. 2021 (arXiv 2106.04399)",
            Space = space,
            Oracle = oracle,
            // A partial object is a cell like any other, and the reward is that of the cell.
            PartialScores = oracle,
            // No cell scores below r0, so the floor never changes a reward.
            Reward = new RewardScale(1, maximum, maximum, Math.Min(0.001, reward.Base)),
            Defaults = new TaskDefaults(Rounds: 10_000, Width: 64, Epsilon: 0.1)
            {
                // With these the exact fixed point is reached: total variation under 0.01 at every beta of 1 to 3.
                Learner = new LearnerSettings { Batch = 64, ReplayBatch = 0, LogitRank = 4, LearningRate = 0.004, Decay = 0 },
            },
            Modes = new PeakModeRule(space, reward, peaks),
            Target = Target(space, reward, corners, peaks),
        };
    }

    private static TabulatedTarget? Target(HypergridSpace space, HypergridReward reward, long? corners, long? peaks) =>
        Power(space.Side, space.Dimensions) is { } cells && corners is { } inCorners && peaks is { } inPeaks and <= int.MaxValue
            ? new TabulatedTarget(
            [
                (reward.Of(corner: false, peak: false), cells - inCorners, 0),
                (reward.Of(corner: true, peak: false), inCorners - inPeaks, 0),
                (reward.Of(corner: true, peak: true), inPeaks, (int)inPeaks),
            ])
            : null;

    /// <summary>Null where a long does not hold it.</summary>
    private static long? Power(int number, int exponent)
    {
        var power = Enumerable.Repeat((UInt128)(uint)number, exponent).Aggregate(UInt128.One, (left, right) => left * right);
        return power <= long.MaxValue ? (long)power : null;
    }
}
