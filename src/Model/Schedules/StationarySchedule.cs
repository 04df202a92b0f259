using Tempera.Model.Random;

namespace Tempera.Model.Schedules;

/// <summary>A distribution of inverse temperatures that stays the same for the whole campaign.</summary>
/// <remarks>Number i of a round depends on the stream's numbers at 2 i and 2 i + 1 only, so a longer batch extends a shorter one.</remarks>
public abstract class StationarySchedule : IBetaSchedule
{
    private protected StationarySchedule(string description, double minimum, double maximum)
    {
        (Description, Minimum, Maximum) = (description, (float)minimum, (float)maximum);
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
        for (var i = 0; i < betas.Length; i++)
        {
            betas[i] = Math.Clamp((float)Draw(random, (ulong)i), Minimum, Maximum);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> CaptureState() => [];

    /// <inheritdoc/>
    public void RestoreState(IReadOnlyList<double> state)
    {
        if (state.Count != 0)
        {
            throw new ArgumentException($"The schedule {Description} keeps no state; received {state.Count} numbers. Restore a checkpoint of this schedule.", nameof(state));
        }
    }

    /// <summary>Number <paramref name="index"/> of a round.</summary>
    private protected abstract double Draw(RandomStream random, ulong index);
}
