using Tempera.Model.Random;

namespace Tempera.Model.Schedules;

/// <summary>A distribution of inverse temperatures that may move with progress.</summary>
public interface IBetaSchedule
{
    /// <summary>The text that parses to this schedule, with every parameter.</summary>
    string Description { get; }

    /// <summary>Smallest beta it can draw.</summary>
    float Minimum { get; }

    /// <summary>Largest beta it can draw.</summary>
    float Maximum { get; }

    /// <summary>Fills betas for a round. Called once a round, in order, so that adaptive schedules may keep state.</summary>
    void Draw(in ScheduleContext context, RandomStream random, Span<float> betas);

    /// <summary>State of an adaptive schedule for a checkpoint; empty for the others.</summary>
    IReadOnlyList<double> CaptureState();

    /// <summary>Restores what <see cref="CaptureState"/> returned.</summary>
    void RestoreState(IReadOnlyList<double> state);
}
