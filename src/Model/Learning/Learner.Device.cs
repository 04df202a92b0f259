using Tempera.Model.Engines;
using Tempera.Model.Random;
using Tempera.Model.Schedules;

namespace Tempera.Model.Learning;

/// <summary>
/// Rounds whose gradient steps stay on the engine's device: the same arithmetic in the same order, but the host waits once a round,
/// for the figures of the steps and, where betas do not depend on the campaign's progress, for the next round's proposals.
/// </summary>
public sealed partial class Learner
{
    private readonly IResidentSteps? _resident;
    private int _drawnAhead;

    /// <summary>Optimisers whose host arrays are up to date.</summary>
    private IReadOnlyList<AdamOptimizer> Optimizers
    {
        get
        {
            _resident?.Download();
            return _step.Optimizers;
        }
    }

    private LearnOutcome LearnOnDevice(IResidentSteps steps, int round, ReadOnlySpan<UInt128> replayObjects, ReadOnlySpan<double> replayScores)
    {
        var engine = (IResidentEngine)Engine;
        TakeSteps(steps, _online);
        var (beta, betas, replayBetas) = (Mean(_online.Betas.AsSpan(0, Settings.Batch)), _online.BetaRange(), default((float, float)));
        if (!replayObjects.IsEmpty)
        {
            DrawBetas(_train, _context, RandomStreams.TrainingBeta, _replay.Betas.AsSpan(0, replayObjects.Length));
            engine.DrawBackward(_replay, replayObjects, Streams.At(RandomStreams.BackwardPolicy, round));
            _source.Fill(_replay, _terms, replayScores, round, TermSource.Phase.Replay);
            TakeSteps(steps, _replay);
            replayBetas = _replay.BetaRange();
        }

        var drawn = DrawAhead(engine, round + 1);
        var report = steps.Collect(beta, drawn);
        for (var i = 0; i < report.Outcomes.Count; i++)
        {
            var isOnline = i < Settings.Steps;
            _step.Count(report.Outcomes[i], isOnline ? betas : replayBetas, isOnline ? $"the proposals of round {round}" : $"the replayed objects of round {round}");
        }

        Round = round;
        _drawnAhead = drawn is null ? 0 : round + 1;
        var counters = Engine.Counters;
        return new LearnOutcome(
            report.Outcomes[0].Loss, replayObjects.IsEmpty ? double.NaN : report.Outcomes[Settings.Steps].Loss, report.LogZ,
            counters.Logits == 0 ? 0 : (double)counters.ClampedLogits / counters.Logits, report.Outcomes[0].ForwardNorm, _step.Skipped);
    }

    private void TakeSteps(IResidentSteps steps, TrajectoryBatch batch)
    {
        for (var k = 0; k < Settings.Steps; k++)
        {
            steps.Take(batch, _terms.LogReward, _step.RateShare);
        }
    }

    /// <summary>Asks for the next round's proposals where nothing that is still to happen can change their betas.</summary>
    private TrajectoryBatch? DrawAhead(IResidentEngine engine, int round)
    {
        if (_explore is not StationarySchedule || round > Rounds)
        {
            return null;
        }

        DrawBetas(_explore, _context with { Round = round }, RandomStreams.ExplorationBeta, _online.Betas.AsSpan(0, Settings.Batch));
        engine.DrawForward(_online, (float)Settings.Epsilon, Streams.At(RandomStreams.Policy, round));
        return _online;
    }
}
