using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Training;
using Tempera.Grains.Tasks;
using Tempera.Model.Baselines;
using Tempera.Model.Learning;
using Tempera.Model.Schedules;
using Tempera.Model.Serialization;

namespace Tempera.Grains.Training;

/// <summary>Model's baselines behind <see cref="ILearner"/>: the same rounds and checkpoints, without networks.</summary>
internal sealed class BaselineAdapter(ResolvedSpecification resolved) : ILearner
{
    private readonly BaselineLearner _learner = new(resolved.Task, resolved.Settings, resolved.Specification.Seed);

    /// <inheritdoc/>
    public int Round => _learner.Round;

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> Weights => [];

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> OptimizerMoments => [];

    /// <inheritdoc/>
    public Proposal Propose(in ScheduleContext context) => _learner.Propose(context);

    /// <inheritdoc/>
    public LearnOutcome Learn(ReadOnlySpan<double> scores, ReadOnlySpan<UInt128> replayObjects, ReadOnlySpan<double> replayScores) =>
        _learner.Learn(scores);

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> Published => [];

    /// <inheritdoc/>
    public LearnOutcome LearnSearched(in ScheduleContext context, SearchedRound round) => throw Refuse("Searchers sample");

    /// <inheritdoc/>
    public LearnerProgress Capture() => _learner.Capture();

    /// <inheritdoc/>
    public void Restore(LearnerProgress progress) => _learner.Restore(progress);

    /// <inheritdoc/>
    public PolicySamples Sample(SampleRequest request) => throw Refuse("Samples are drawn from");

    /// <inheritdoc/>
    public IReadOnlyList<EvaluationRecord> Evaluate(EvaluateRequest request) => throw Refuse("Metrics are those of");

    /// <inheritdoc/>
    public TemperatureCurves Curves(float betaMin, float betaMax, int points) => new([], [], [], [], []);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private ArgumentException Refuse(string what) =>
        new($"{what} a policy; method={resolved.Settings.Method} has none. Look at its modes and its report, or run with method={MethodCatalog.GFlowNet}.");
}
