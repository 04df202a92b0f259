using Tempera.Model.Learning;
using Tempera.Model.Random;
using Tempera.Model.Schedules;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Model.Baselines;

/// <summary>
/// The rounds of a baseline, with the contract of <see cref="Learner"/>: it proposes a round's objects, at betas of the exploration
/// schedule, and is told their scores. It has no policy and nothing to replay.
/// </summary>
/// <remarks>A function of task, settings, seed and what it is told. Not thread safe: one caller at a time.</remarks>
public sealed class BaselineLearner
{
    private const string Proposal = "baseline-proposal", Decision = "baseline-decision";

    private readonly DesignTask _task;
    private readonly RandomStreams _streams;
    private readonly IProposer _proposer;
    private readonly IBetaSchedule _explore;
    private readonly UInt128[] _objects;
    private readonly float[] _betas;
    private readonly double[] _logRewards;
    private bool _isProposed;

    /// <summary>A baseline at round 0.</summary>
    /// <exception cref="ArgumentException">The method has a policy.</exception>
    /// <exception cref="SettingException">The space has not got what the method needs.</exception>
    public BaselineLearner(DesignTask task, LearnerSettings settings, ulong seed)
    {
        (_task, _streams) = (task, new RandomStreams(seed));
        _proposer = MethodCatalog.Create(task, settings)
            ?? throw new ArgumentException($"A baseline is one of the methods without a policy; received {settings.Method}. Use Learner for it.", nameof(settings));
        _explore = BetaScheduleParser.Parse(settings.Explore, "explore");
        (_objects, _betas, _logRewards) = (new UInt128[settings.Batch], new float[settings.Batch], new double[settings.Batch]);
    }

    /// <summary>Rounds done.</summary>
    public int Round { get; private set; }

    /// <summary>Draws the objects of the next round; the spans stay valid until the next call.</summary>
    public Proposal Propose(in ScheduleContext context)
    {
        if (context.Round != Round + 1)
        {
            throw new InvalidOperationException($"Rounds are proposed in order: expected {Round + 1}, received {context.Round}. Restore the learner at round {context.Round - 1} first.");
        }

        _explore.Draw(context, _streams.At(RandomStreams.ExplorationBeta, context.Round), _betas);
        _proposer.Propose(_streams.At(Proposal, context.Round), _objects);
        _isProposed = true;
        return new Proposal(_objects, _betas);
    }

    /// <summary>Tells the scores of the round proposed. There is no loss, so the outcome has none.</summary>
    public LearnOutcome Learn(ReadOnlySpan<double> scores)
    {
        if (!_isProposed)
        {
            throw new InvalidOperationException($"Learn follows Propose of the same round; round {Round + 1} has not been proposed. Call Propose first.");
        }

        for (var b = 0; b < scores.Length; b++)
        {
            _logRewards[b] = _task.Reward.LogReward(scores[b]);
        }

        Round++;
        _isProposed = false;
        _proposer.Learn(_streams.At(Decision, Round), _objects, _betas, _logRewards);
        return new LearnOutcome(double.NaN, double.NaN, double.NaN, 0, 0, 0);
    }

    /// <summary>What a checkpoint keeps.</summary>
    public LearnerProgress Capture() => new()
    {
        Round = Round,
        ExploreState = _explore.CaptureState(),
        Population = _proposer.Capture(),
    };

    /// <summary>Restores what <see cref="Capture"/> returned.</summary>
    /// <exception cref="InvalidDataException">The progress is not that of this method.</exception>
    public void Restore(LearnerProgress progress)
    {
        _proposer.Restore(progress.Population ?? throw new InvalidDataException(
            "A baseline is restored from the state of a baseline; received that of a policy. Restore with the settings the checkpoint was written with."));
        _explore.RestoreState(progress.ExploreState);
        (Round, _isProposed) = (progress.Round, false);
    }
}
