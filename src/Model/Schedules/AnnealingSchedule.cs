using Tempera.Model.Random;
using Tempera.Model.Settings;

namespace Tempera.Model.Schedules;

/// <summary>
/// Simulated annealing: betas U[c - w, c + w] clipped to [a, b], the centre c going from a to b (or back) with progress:
/// <c>annealing:1,3,path=geometric,restarts=4</c>, <c>annealing-reverse:1,3</c>.
/// </summary>
/// <remarks>
/// Progress is (round - 1) / (rounds - 1), or oracle calls / budget; with n restarts the path is gone through n + 1 times, and
/// the last time ends at its end. Because of the clipping, the ends carry a point mass while c is within w of them, as in the
/// released code of Kim et al. 2024, whose annealing is linear with w = 0.5.
/// </remarks>
public sealed class AnnealingSchedule : IBetaSchedule
{
    private readonly double _minimum;
    private readonly double _maximum;
    private readonly AnnealingOptions _options;
    private readonly AdaptivePace? _pace;

    /// <summary>On [minimum, maximum] with a path's options.</summary>
    public AnnealingSchedule(double minimum, double maximum, AnnealingOptions options)
    {
        (_minimum, _maximum, _options) = (minimum, maximum, options);
        (Minimum, Maximum) = ((float)minimum, (float)maximum);
        _pace = options.Adaptive ? new AdaptivePace(options.Restarts) : null;
        Description = $"{(options.Reverse ? "annealing-reverse" : "annealing")}:{SettingText.Format(minimum)},{SettingText.Format(maximum)}"
            + $",path={SettingText.Format(options.Path)},restarts={SettingText.Format(options.Restarts)}"
            + $",width={SettingText.Format(options.Width)},progress={SettingText.Format(options.Progress)}"
            + $",adaptive={SettingText.Format(options.Adaptive)}";
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public float Minimum { get; }

    /// <inheritdoc/>
    public float Maximum { get; }

    /// <inheritdoc/>
    public void Draw(in ScheduleContext context, RandomStream random, Span<float> betas)
    {
        var progress = Progress(context);
        var centre = Centre(_pace?.Advance(context, progress) ?? Position(progress));
        for (var i = 0; i < betas.Length; i++)
        {
            var beta = centre + _options.Width * (2 * random.Uniform(2 * (ulong)i) - 1);
            betas[i] = Math.Clamp((float)beta, Minimum, Maximum);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> CaptureState() => _pace?.Capture() ?? [];

    /// <inheritdoc/>
    public void RestoreState(IReadOnlyList<double> state)
    {
        var expected = CaptureState().Count;
        if (state.Count != expected)
        {
            throw new ArgumentException($"The schedule {Description} keeps {expected} numbers; received {state.Count}. Restore a checkpoint of this schedule.", nameof(state));
        }

        _pace?.Restore(state);
    }

    private double Progress(in ScheduleContext context) =>
        _options.Progress == AnnealingProgress.Budget && context.Budget is { } budget
            ? Math.Clamp(context.OracleCalls / (double)Math.Max(1, budget), 0, 1)
            : Math.Clamp((context.Round - 1) / (double)Math.Max(1, context.Rounds - 1), 0, 1);

    private double Position(double progress)
    {
        var passes = _options.Restarts + 1;
        return progress * passes - Math.Min(Math.Floor(progress * passes), passes - 1);
    }

    private double Centre(double position)
    {
        var t = _options.Reverse ? 1 - position : position;
        return _options.Path switch
        {
            AnnealingPath.Geometric => _minimum * Math.Pow(_maximum / _minimum, t),
            AnnealingPath.Cosine => _minimum + (_maximum - _minimum) * (1 - Math.Cos(Math.PI * t)) / 2,
            _ => _minimum + (_maximum - _minimum) * t,
        };
    }
}
