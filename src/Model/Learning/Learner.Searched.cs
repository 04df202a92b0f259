using Tempera.Model.Networks;
using Tempera.Model.Schedules;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Model.Learning;

/// <summary>Rounds on trajectories that searchers have drawn from an earlier policy, at their own betas.</summary>
public sealed partial class Learner
{
    /// <summary>Networks of a campaign over the space that they see; all values are 0.</summary>
    public static PolicyParameters LayOut(IDesignSpace space, LearnerSettings settings)
    {
        var (explore, train) = (BetaScheduleParser.Parse(settings.Explore, "explore"), BetaScheduleParser.Parse(settings.Train, "train"));
        var range = (Math.Min(explore.Minimum, train.Minimum), Math.Max(explore.Maximum, train.Maximum));
        return new PolicyParameters(new PolicyArchitecture(space, settings, range));
    }

    /// <summary>
    /// Takes the place of <see cref="Propose"/>: the next round is learned from these trajectories. There may be none, and then the round
    /// is learned from replay alone.
    /// </summary>
    /// <param name="context">Where the campaign stands.</param>
    /// <param name="states">States <c>[trajectory, step + 1]</c>.</param>
    /// <param name="lengths">Transitions <c>[trajectory]</c>.</param>
    /// <param name="betas">Betas they were drawn at <c>[trajectory]</c>.</param>
    /// <exception cref="ArgumentException">The arrays do not fit each other, or are more than a batch.</exception>
    public void Adopt(in ScheduleContext context, ReadOnlySpan<UInt128> states, ReadOnlySpan<int> lengths, ReadOnlySpan<float> betas)
    {
        if (context.Round != Round + 1)
        {
            throw new InvalidOperationException($"Rounds are learned in order: expected {Round + 1}, received {context.Round}. Restore the learner at round {context.Round - 1} first.");
        }

        if (lengths.Length > _online.Capacity || betas.Length != lengths.Length || states.Length != lengths.Length * (_online.MaxSteps + 1))
        {
            throw new ArgumentException($"A round takes at most {_online.Capacity} trajectories of {_online.MaxSteps + 1} states; received {states.Length} states, {lengths.Length} lengths and {betas.Length} betas. Take fewer.");
        }

        _context = context;
        _online.Count = lengths.Length;
        states.CopyTo(_online.States);
        lengths.CopyTo(_online.Lengths);
        betas.CopyTo(_online.Betas);
        _online.Version++;
    }
}
