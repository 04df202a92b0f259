using System.Collections.Immutable;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Training;
using Tempera.Grains.Serialization;
using Tempera.Grains.Tasks;
using Tempera.Model.Engines;
using Tempera.Model.Evaluation;
using Tempera.Model.Learning;
using Tempera.Model.Schedules;
using Tempera.Model.Searching;
using Tempera.Model.Serialization;
using Tempera.Model.Tasks;

namespace Tempera.Grains.Training;

/// <summary>Model's learner and evaluator behind <see cref="ILearner"/>.</summary>
internal sealed class LearnerAdapter : ILearner
{
    private readonly DesignTask _task;
    private readonly Learner _learner;
    private readonly PolicyEvaluator _evaluator;

    /// <summary>Builds the networks.</summary>
    public LearnerAdapter(ResolvedSpecification resolved, IPolicyEngineFactory engines)
    {
        var specification = resolved.Specification;
        _task = resolved.Task;
        _learner = new Learner(_task, resolved.Settings, specification.Seed, specification.Rounds ?? _task.Defaults.Rounds, specification.Budget, engines);
        _evaluator = new PolicyEvaluator(_task);
    }

    /// <inheritdoc/>
    public int Round => _learner.Round;

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> Weights => _learner.Weights;

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> OptimizerMoments => _learner.OptimizerMoments;

    /// <inheritdoc/>
    public Proposal Propose(in ScheduleContext context) => _learner.Propose(context);

    /// <inheritdoc/>
    public LearnOutcome Learn(ReadOnlySpan<double> scores, ReadOnlySpan<UInt128> replayObjects, ReadOnlySpan<double> replayScores) =>
        _learner.Learn(scores, replayObjects, replayScores);

    /// <inheritdoc/>
    public LearnOutcome LearnSearched(in ScheduleContext context, SearchedRound round)
    {
        _learner.Adopt(context, Packed.Objects(round.States), Packed.Wholes(round.Lengths), Packed.Singles(round.Betas));
        return _learner.Learn(Packed.Doubles(round.Scores), Packed.Objects(round.ReplayObjects), Packed.Doubles(round.ReplayScores));
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> Published => PolicySearcher.Published(_learner.Engine.Parameters.Forward);

    /// <inheritdoc/>
    public LearnerProgress Capture() => _learner.Capture();

    /// <inheritdoc/>
    public void Restore(LearnerProgress progress) => _learner.Restore(progress);

    /// <inheritdoc/>
    public PolicySamples Sample(SampleRequest request)
    {
        var sample = _evaluator.Sample(_learner.Engine, request.Beta, request.Count, request.Seed);
        return new PolicySamples(Packed.ToBytes<UInt128>(sample.Objects), Packed.ToBytes<double>(sample.LogProbabilities));
    }

    /// <inheritdoc/>
    public IReadOnlyList<EvaluationRecord> Evaluate(EvaluateRequest request) =>
        [.. request.Betas.Select(beta => ToRecord(_evaluator.Evaluate(_learner.Engine, beta, request.Samples, request.Seed)))];

    /// <inheritdoc/>
    public TemperatureCurves Curves(float betaMin, float betaMax, int points)
    {
        var betas = Enumerable.Range(0, points)
            .Select(i => points == 1 ? betaMin : betaMin + (betaMax - betaMin) * i / (points - 1))
            .ToImmutableArray();
        var target = _task.Target is null ? null : new TargetDistribution(_task.Target, _task.Reward);
        var scales = betas.Select(beta => _learner.Engine.LogitScales(beta)).OfType<(double Forward, double Backward)>().ToList();
        return new TemperatureCurves(
            betas,
            [.. betas.Select(beta => _learner.Engine.LogZ(beta))],
            target is null ? [] : [.. betas.Select(beta => target.LogZ(beta))],
            [.. scales.Select(static scale => scale.Forward)],
            [.. scales.Select(static scale => scale.Backward)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _learner.Dispose();

    private static EvaluationRecord ToRecord(PolicyEvaluation evaluation) => new()
    {
        Beta = evaluation.Beta,
        Exact = evaluation.Exact,
        Tv = evaluation.Tv,
        Kl = evaluation.Kl,
        ReverseKl = evaluation.ReverseKl,
        Jsd = evaluation.Jsd,
        LogZModel = evaluation.LogZModel,
        LogZTarget = evaluation.LogZTarget,
        MeanScoreModel = evaluation.MeanScoreModel,
        MeanScoreTarget = evaluation.MeanScoreTarget,
        Spearman = evaluation.Spearman,
        Pearson = evaluation.Pearson,
        Elbo = evaluation.Elbo,
        Basis = evaluation.Basis,
        Samples = evaluation.Samples,
        UniqueShare = evaluation.UniqueShare,
        Eubo = evaluation.Eubo,
        ScoreTv = evaluation.Quality?.Distance?.Tv,
        ScoreTvNoise = evaluation.Quality?.Distance?.TvNoise,
        AndersonDarling = evaluation.Quality?.Distance?.AndersonDarling,
        MeanScoreError = evaluation.Quality?.MeanScoreError,
        QuantileError = evaluation.Quality?.QuantileError,
        TopScore = evaluation.Quality?.TopScore,
        TopDiversity = evaluation.Quality?.TopDiversity,
    };
}
