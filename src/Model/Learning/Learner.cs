using Tempera.Model.Engines;
using Tempera.Model.Guidance;
using Tempera.Model.Networks;
using Tempera.Model.Objectives;
using Tempera.Model.Random;
using Tempera.Model.Schedules;
using Tempera.Model.Serialization;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Model.Learning;

/// <summary>
/// The learner of one campaign: proposes the objects of a round, then takes the round's gradient steps on their scores and
/// on replayed objects. A function of task, settings, seed and what it is told; never reads a clock.
/// </summary>
/// <remarks>Not thread safe: one caller at a time. Kim et al. 2024 (arXiv 2310.02823), algorithm 1.</remarks>
public sealed partial class Learner : IDisposable
{
    private readonly IBetaSchedule _explore;
    private readonly IBetaSchedule _train;
    private readonly TrajectoryBatch _online;
    private readonly TrajectoryBatch _replay;
    private readonly TrajectoryTerms _terms;
    private readonly GradientStep _step;
    private readonly SubstructureGuide? _guide;
    private readonly TermSource _source;
    private readonly Explorer? _explorer;
    private readonly UInt128[] _objects;
    private ScheduleContext _context;
    private bool _logZIsKnown;

    /// <summary>Builds the networks and initialises them from the seed.</summary>
    /// <exception cref="SettingException">A schedule or the objective is malformed.</exception>
    public Learner(DesignTask task, LearnerSettings settings, ulong seed, int rounds, long? budget, IPolicyEngineFactory? engines = null)
    {
        (Task, Settings, Streams) = (task, settings, new RandomStreams(seed));
        (Rounds, Budget) = (rounds, budget);
        _explore = BetaScheduleParser.Parse(settings.Explore, "explore");
        _train = BetaScheduleParser.Parse(settings.Train, "train");
        var space = WindowFeatureSpace.Of(task.Space, settings.FeatureWindow);
        var parameters = LayOut(space, settings);
        ParameterInitialiser.Initialise(parameters, Streams);
        Engine = (engines ?? new SimdEngineFactory()).Create(space, parameters, settings);
        var objective = ObjectiveCatalog.Create(settings);
        _step = new GradientStep(Engine, objective, settings);
        _guide = objective.Parts.HasFlag(TermParts.Guide) ? new SubstructureGuide((ISubstructureSpace)task.Space, settings.GuidePower) : null;
        _source = new TermSource(task, settings, Streams, _guide);
        _explorer = Explorer.Create(task, settings, rounds, Streams);
        _online = new TrajectoryBatch(task.Space, settings.Batch) { Count = settings.Batch };
        _replay = new TrajectoryBatch(task.Space, Math.Max(1, settings.ReplayBatch));
        _terms = new TrajectoryTerms(Math.Max(settings.Batch, settings.ReplayBatch), task.Space.MaxSteps, objective.Parts, task.Space.MaxParents);
        _objects = new UInt128[settings.Batch];
        // What searchers or an explorer proposed is not on the device, and an offline campaign draws nothing.
        _resident = settings.Offline || settings.Search.Searchers > 0 || _explorer is not null ? null : (Engine as IResidentEngine)?.Reside(settings.Objective, settings.Huber, _step.Optimizers);
        _resident?.Upload();
    }

    /// <summary>The design problem.</summary>
    public DesignTask Task { get; }

    /// <summary>Resolved settings.</summary>
    public LearnerSettings Settings { get; }

    /// <summary>All randomness.</summary>
    public RandomStreams Streams { get; }

    /// <summary>Rounds planned, for schedules that follow them.</summary>
    public int Rounds { get; }

    /// <summary>Oracle budget, for schedules that follow it.</summary>
    public long? Budget { get; }

    /// <summary>The engine, for sampling and evaluation between rounds.</summary>
    public IPolicyEngine Engine { get; }

    /// <summary>Rounds learned.</summary>
    public int Round { get; private set; }

    /// <summary>Named views of all weights, for weights.safetensors; writing into them restores.</summary>
    public IReadOnlyList<NamedTensor> Weights =>
        [.. Optimizers.SelectMany(o => Tensors(o.Parameters, o.Parameters.Name, o.Parameters.Values))];

    /// <summary>Named views of both Adam moments, for optimizer.safetensors; writing into them restores.</summary>
    public IReadOnlyList<NamedTensor> OptimizerMoments =>
        [.. Optimizers.SelectMany(o => Tensors(o.Parameters, o.Parameters.Name + ".first_moment", o.First)
            .Concat(Tensors(o.Parameters, o.Parameters.Name + ".second_moment", o.Second)))];

    /// <summary>Draws the betas and trajectories of the next round; the spans stay valid until the next call.</summary>
    public Proposal Propose(in ScheduleContext context)
    {
        if (context.Round != Round + 1)
        {
            throw new InvalidOperationException($"Rounds are proposed in order: expected {Round + 1}, received {context.Round}. Restore the learner at round {context.Round - 1} first.");
        }

        _context = context;
        if (Settings.Offline)
        {
            return new Proposal([], []);
        }

        var betas = _online.Betas.AsSpan(0, Settings.Batch);
        if (_drawnAhead != context.Round)
        {
            DrawBetas(_explore, context, RandomStreams.ExplorationBeta, betas);
            SampleForward(context.Round);
        }

        for (var b = 0; b < _objects.Length; b++)
        {
            _objects[b] = _online.Object(b);
        }

        return new Proposal(_objects, betas);
    }

    /// <summary>
    /// Takes the gradient steps of the proposed round: K on the proposals with the betas they were explored at, then K on the
    /// replayed objects with betas from P_train and trajectories from P_B. Empty replay spans skip the latter.
    /// </summary>
    /// <exception cref="LearnerDivergedException">Too many steps in a row had non-finite values.</exception>
    public LearnOutcome Learn(ReadOnlySpan<double> scores, ReadOnlySpan<UInt128> replayObjects, ReadOnlySpan<double> replayScores)
    {
        var round = _context.Round;
        if (round != Round + 1)
        {
            throw new InvalidOperationException($"Learn follows Propose of the same round; round {Round + 1} has not been proposed. Call Propose first.");
        }

        Engine.Counters.Reset();
        _step.RateShare = RateShare(round);
        if (Settings.Offline)
        {
            return LearnOffline(round, replayObjects, replayScores);
        }

        _source.Observe(_online, scores);
        _source.Fill(_online, _terms, scores, round, TermSource.Phase.Proposals);
        _explorer?.Learn(_online, _terms.LogReward.AsSpan(0, _online.Count), round);
        FixKnownLogZ(_online.Count);
        if (_resident is not null)
        {
            return LearnOnDevice(_resident, round, replayObjects, replayScores);
        }

        var (loss, norm) = (double.NaN, 0.0);
        for (var k = 0; k < Settings.Steps && _online.Count > 0; k++)
        {
            var value = _step.Take(_online, _terms, $"the proposals of round {round}", k == 0);
            (loss, norm) = k == 0 ? (value, _step.ForwardNorm) : (loss, norm);
        }

        var replayLoss = replayObjects.IsEmpty ? double.NaN : Replay(round, replayObjects, replayScores);
        Round = round;
        var counters = Engine.Counters;
        return new LearnOutcome(
            loss, replayLoss, Engine.LogZ(Mean(_online.Count > 0 ? _online.Betas.AsSpan(0, _online.Count) : _replay.Betas.AsSpan(0, replayObjects.Length))),
            counters.Logits == 0 ? 0 : (double)counters.ClampedLogits / counters.Logits, norm, _step.Skipped);
    }

    /// <summary>What a checkpoint keeps beside the tensors.</summary>
    public LearnerProgress Capture() => new()
    {
        Round = Round,
        AdamSteps = [.. _step.Optimizers.Select(o => o.Steps)],
        SkippedSteps = _step.Skipped,
        SkippedInARow = _step.SkippedInARow,
        LogZIsKnown = _logZIsKnown,
        LogZIntercept = Engine.Parameters.LogZKnown.Intercept,
        LogZSlope = Engine.Parameters.LogZKnown.Slope,
        ExploreState = _explore.CaptureState(),
        TrainState = _train.CaptureState(),
        Guide = _guide?.Capture(),
        Explorers = _explorer?.Capture(),
    };

    /// <summary>Completes a restore after the tensors have been written: sets counters and tells the engine.</summary>
    /// <exception cref="InvalidDataException">The progress does not fit this learner.</exception>
    public void Restore(LearnerProgress progress)
    {
        if (progress.AdamSteps.Count != _step.Optimizers.Count)
        {
            throw new InvalidDataException($"A learner's progress counts the steps of {_step.Optimizers.Count} optimisers; received {progress.AdamSteps.Count}. Use an older checkpoint.");
        }

        Round = progress.Round;
        (_context, _drawnAhead) = (default, 0);
        for (var i = 0; i < _step.Optimizers.Count; i++)
        {
            _step.Optimizers[i].Steps = progress.AdamSteps[i];
        }

        (_step.Skipped, _step.SkippedInARow) = (progress.SkippedSteps, progress.SkippedInARow);
        _logZIsKnown = progress.LogZIsKnown;
        Engine.Parameters.LogZKnown = (progress.LogZIntercept, progress.LogZSlope);
        _explore.RestoreState(progress.ExploreState);
        _train.RestoreState(progress.TrainState);
        _guide?.Restore(progress.Guide ?? throw new InvalidDataException("A learner with a guide is restored from what the guide has seen; received none. Restore with the settings the checkpoint was written with."));
        _explorer?.Restore(progress.Explorers);
        Engine.ParametersChanged();
        _resident?.Upload();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _resident?.Dispose();
        Engine.Dispose();
    }

    internal static IEnumerable<NamedTensor> Tensors(NetworkParameters network, string prefix, float[] values) =>
        network.Layout.Slots.Where(slot => slot.Length > 0).Select(slot => new NamedTensor(
            $"{prefix}.{slot.Name}", [slot.Rows, slot.Columns], values.AsMemory(slot.Offset, slot.Length)));

    private void SampleForward(int round)
    {
        _explorer?.Begin(round);
        _online.Count = Settings.Batch - (_explorer?.Count ?? 0);
        if (_online.Count > 0)
        {
            Engine.SampleForward(_online, (float)Settings.Epsilon, Streams.At(RandomStreams.Policy, round));
        }

        _online.Count = Settings.Batch;
        _explorer?.Propose(Engine, _online, round);
    }

    private double RateShare(int round)
    {
        var progress = Math.Min(1, (round - 1.0) / Math.Max(1, Rounds - 1));
        return Settings.Decay + ((1 - Settings.Decay) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }

    private static float Mean(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return (float)(sum / values.Length);
    }

    private LearnOutcome LearnOffline(int round, ReadOnlySpan<UInt128> objects, ReadOnlySpan<double> scores)
    {
        var loss = Replay(round, objects, scores);
        Round = round;
        var counters = Engine.Counters;
        return new LearnOutcome(
            double.NaN, loss, Engine.LogZ(Mean(_replay.Betas.AsSpan(0, objects.Length))),
            counters.Logits == 0 ? 0 : (double)counters.ClampedLogits / counters.Logits, _step.ForwardNorm, _step.Skipped);
    }

    private double Replay(int round, ReadOnlySpan<UInt128> objects, ReadOnlySpan<double> scores)
    {
        DrawBetas(_train, _context, RandomStreams.TrainingBeta, _replay.Betas.AsSpan(0, objects.Length));
        Engine.SampleBackward(_replay, objects, Streams.At(RandomStreams.BackwardPolicy, round));
        _source.Fill(_replay, _terms, scores, round, TermSource.Phase.Replay);
        FixKnownLogZ(objects.Length);
        var loss = double.NaN;
        for (var k = 0; k < Settings.Steps; k++)
        {
            var value = _step.Take(_replay, _terms, $"the replayed objects of round {round}", k == 0);
            loss = k == 0 ? value : loss;
        }

        return loss;
    }

    /// <summary>A beta for each run of <see cref="LearnerSettings.TrajectoriesPerBeta"/> trajectories.</summary>
    private void DrawBetas(IBetaSchedule schedule, in ScheduleContext context, string stream, Span<float> betas)
    {
        var shared = Settings.TrajectoriesPerBeta;
        schedule.Draw(context, Streams.At(stream, context.Round), betas[..((betas.Length + shared - 1) / shared)]);
        for (var b = betas.Length - 1; b >= 0; b--)
        {
            betas[b] = betas[b / shared];
        }
    }

    /// <summary>
    /// Fixes the known part of log Z from the first objects learned from: log |X| + beta mean(log R) is log Z of a reward that is the
    /// same for all objects, and by Jensen's inequality a lower bound for one that is not.
    /// </summary>
    private void FixKnownLogZ(int count)
    {
        if (_logZIsKnown || Settings.LogZHead != LogZHead.Residual || count == 0)
        {
            return;
        }

        var mean = 0.0;
        for (var b = 0; b < count; b++)
        {
            mean += _terms.LogReward[b] / count;
        }

        Engine.Parameters.LogZKnown = (Task.Space.LogObjectCount, mean);
        _logZIsKnown = true;
    }
}
