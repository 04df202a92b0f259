using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Training;
using Tempera.Grains.Serialization;
using Tempera.Grains.Tasks;
using Tempera.Grains.Training;
using Tempera.Model.Learning;
using Tempera.Model.Random;
using Tempera.Model.Schedules;
using Tempera.Model.Serialization;

namespace Tempera.Grains.Tests.Fixtures;

internal sealed class FakeLearnerFactory : ILearnerFactory
{
    /// <summary>Called on the compute thread before each round is learned; may throw.</summary>
    public Action<int>? BeforeLearn { get; set; }

    public ILearner Create(ResolvedSpecification specification) => new FakeLearner(specification, round => BeforeLearn?.Invoke(round));
}

/// <summary>
/// A learner without networks. Its proposals depend on its weights, its weights on every score and replayed object it was
/// given, and some of its state is in the progress record: a restore that loses or reorders anything changes what follows.
/// </summary>
internal sealed class FakeLearner(ResolvedSpecification resolved, Action<int> beforeLearn) : ILearner
{
    private readonly RandomStreams _streams = new(resolved.Specification.Seed);
    private readonly float[] _weights = [1, 2, 3, 4];
    private readonly float[] _moments = new float[4];
    private readonly UInt128[] _objects = new UInt128[resolved.Settings.Batch];
    private readonly float[] _betas = new float[resolved.Settings.Batch];
    private double _slope = 0.1;

    public int Round { get; private set; }

    public IReadOnlyList<NamedTensor> Weights => [new NamedTensor("w", [2, 2], _weights)];

    public IReadOnlyList<NamedTensor> OptimizerMoments => [new NamedTensor("m", [4], _moments)];

    public Proposal Propose(in ScheduleContext context)
    {
        var policy = _streams.At(RandomStreams.Policy, context.Round);
        var betas = _streams.At(RandomStreams.ExplorationBeta, context.Round);
        var salt = (ulong)BitConverter.SingleToUInt32Bits(_weights[0] + _moments[1]) + (ulong)context.OracleCalls + (ulong)context.Modes;
        Span<UInt128> children = stackalloc UInt128[resolved.Task.Space.MaxChildren];
        for (var b = 0; b < _objects.Length; b++)
        {
            var state = resolved.Task.Space.Root;
            for (ulong step = 0; !resolved.Task.Space.IsTerminal(state); step++)
            {
                var count = resolved.Task.Space.GetChildren(state, children);
                state = children[(int)((policy.Bits((ulong)b * 64 + step) + salt) % (ulong)count)];
            }

            _objects[b] = state;
            _betas[b] = 1 + 2 * betas.UniformSingle((ulong)b);
        }

        return new Proposal(_objects, _betas);
    }

    public LearnOutcome Learn(ReadOnlySpan<double> scores, ReadOnlySpan<UInt128> replayObjects, ReadOnlySpan<double> replayScores)
    {
        beforeLearn(Round + 1);
        for (var i = 0; i < scores.Length; i++)
        {
            _moments[i % 4] = 0.9f * _moments[i % 4] + (float)(scores[i] * _betas[i]);
        }

        for (var i = 0; i < replayObjects.Length; i++)
        {
            _weights[i % 4] = 0.99f * _weights[i % 4] + (float)replayScores[i] * ((ulong)replayObjects[i] % 7) + _moments[i % 4] * (float)_slope;
        }

        _slope = _slope * 0.999 + _moments[0] * 1e-3;
        Round++;
        return new LearnOutcome(_weights[0], replayObjects.Length == 0 ? double.NaN : _weights[1], _slope, 0.25, _moments[2], 0);
    }

    public IReadOnlyList<NamedTensor> Published => [];

    public LearnOutcome LearnSearched(in ScheduleContext context, SearchedRound round) => throw new NotSupportedException();

    public LearnerProgress Capture() => new() { Round = Round, LogZSlope = _slope };

    public void Restore(LearnerProgress progress) => (Round, _slope) = (progress.Round, progress.LogZSlope);

    public PolicySamples Sample(SampleRequest request)
    {
        var objects = resolved.Task.Space.EnumerateObjects().Take(request.Count).ToArray();
        return new PolicySamples(Packed.ToBytes<UInt128>(objects), Packed.ToBytes<double>(new double[objects.Length]));
    }

    public IReadOnlyList<EvaluationRecord> Evaluate(EvaluateRequest request) =>
        [.. request.Betas.Select(beta => new EvaluationRecord { Beta = beta, Exact = false, Basis = $"round {Round}", LogZModel = _weights[0] })];

    public TemperatureCurves Curves(float betaMin, float betaMax, int points) => new([betaMin, betaMax], [_slope, _slope], [], [], []);

    public void Dispose()
    {
    }
}
