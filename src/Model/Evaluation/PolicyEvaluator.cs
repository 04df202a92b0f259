using Tempera.Model.Collections;
using Tempera.Model.Engines;
using Tempera.Model.Tasks;

namespace Tempera.Model.Evaluation;

/// <summary>
/// Measures a policy against a task's target at any beta: from the whole distribution where the space can be enumerated,
/// else from samples and importance estimates, which the record's basis says in words.
/// </summary>
/// <remarks>Not thread safe: one caller at a time. Keeps the state graph and the scores of an enumerated space after the first use.</remarks>
public sealed class PolicyEvaluator
{
    private const int TestObjects = 256;
    private readonly DesignTask _task;
    private readonly PolicySampler _sampler;
    private readonly TargetDistribution? _knownTarget;
    private (double[] Scores, double[] LogRewards, TargetDistribution Target)? _enumerated;

    /// <summary>An evaluator for a task.</summary>
    public PolicyEvaluator(DesignTask task)
    {
        _task = task;
        _sampler = new PolicySampler(task.Space);
        _knownTarget = task.Target is null ? null : new TargetDistribution(task.Target, task.Reward);
    }

    /// <summary>Draws from the policy with log-probabilities; see <see cref="PolicySampler.Sample"/>.</summary>
    public PolicySample Sample(IPolicyEngine engine, float beta, int count, ulong seed, CancellationToken cancellationToken = default) =>
        _sampler.Sample(engine, beta, count, seed, cancellationToken);

    /// <summary>Computes or estimates the metrics at one beta. The same policy and arguments give the same record.</summary>
    /// <exception cref="ArgumentException">Beta is not above 0, or the number of samples not from 1 to 1,000,000.</exception>
    /// <exception cref="InvalidOperationException">The policy's probabilities are not finite or do not sum to one.</exception>
    public PolicyEvaluation Evaluate(IPolicyEngine engine, float beta, int samples, ulong seed, CancellationToken cancellationToken = default)
    {
        PolicySampler.Check(beta, samples);
        return ExactDistribution.CanEnumerate(_task.Space)
            ? EvaluateExactly(engine, beta, samples, seed, cancellationToken)
            : Estimate(engine, beta, samples, seed, cancellationToken);
    }

    private PolicyEvaluation EvaluateExactly(IPolicyEngine engine, float beta, int samples, ulong seed, CancellationToken cancellationToken)
    {
        var exact = _sampler.Exact(cancellationToken);
        var (scores, logRewards, target) = _enumerated ??= Enumerate(exact);
        var logModel = exact.LogProbabilities(engine, beta, cancellationToken);
        var logZ = target.LogZ(beta);
        var logTarget = Array.ConvertAll(logRewards, logReward => beta * logReward - logZ);
        var drawn = Draw(engine, beta, samples, seed, cancellationToken);
        return new PolicyEvaluation
        {
            Beta = beta,
            Exact = true,
            Tv = DistributionMetrics.TotalVariation(logModel, logTarget),
            Kl = Finite(DistributionMetrics.KullbackLeibler(logTarget, logModel)),
            ReverseKl = Finite(DistributionMetrics.KullbackLeibler(logModel, logTarget)),
            Jsd = DistributionMetrics.JensenShannon(logModel, logTarget),
            LogZModel = engine.LogZ(beta),
            LogZTarget = logZ,
            MeanScoreModel = logModel.Select((logP, i) => Math.Exp(logP) * scores[i]).Sum(),
            MeanScoreTarget = target.MeanScore(beta),
            Spearman = Finite(Correlation.Spearman(logModel, logRewards)),
            Pearson = Finite(Correlation.Pearson(logModel, logRewards)),
            Elbo = Finite(drawn.LogWeights.Average()),
            Eubo = Finite(EvidenceBounds.Upper(engine, _task.Space, exact.Objects, logTarget, logZ, beta, samples, seed, cancellationToken)),
            Quality = SampleQuality.Of(drawn.Objects, drawn.Scores, target, beta, _task.Distance),
            Basis = $"exact distribution over {scores.Length:N0} objects; bounds on log Z, tests of scores and best objects from {samples:N0} trajectories",
            Samples = scores.Length,
        };
    }

    private PolicyEvaluation Estimate(IPolicyEngine engine, float beta, int samples, ulong seed, CancellationToken cancellationToken)
    {
        var drawn = Draw(engine, beta, samples, seed, cancellationToken);
        var (objects, testScores) = StratifiedObjects.Draw(_task, TestObjects, seed);
        var logModel = new ImportanceEstimator(_task.Space).LogProbabilities(engine, objects, beta, seed, cancellationToken);
        var logRewards = Array.ConvertAll(testScores, _task.Reward.LogReward);
        var quality = SampleQuality.Of(drawn.Objects, drawn.Scores, _knownTarget, beta, _task.Distance);
        var basis = $"estimates from {samples:N0} trajectories; correlations over {objects.Length} objects stratified by reward, {ImportanceEstimator.DefaultTrajectories} backward trajectories each";
        return new PolicyEvaluation
        {
            Beta = beta,
            Exact = false,
            LogZModel = engine.LogZ(beta),
            LogZTarget = _knownTarget?.LogZ(beta),
            MeanScoreModel = drawn.Scores.Average(),
            MeanScoreTarget = _knownTarget?.MeanScore(beta),
            Spearman = Finite(Correlation.Spearman(logModel, logRewards)),
            Pearson = Finite(Correlation.Pearson(logModel, logRewards)),
            Elbo = Finite(drawn.LogWeights.Average()),
            Eubo = Finite(EvidenceBounds.WeightedUpper(drawn.LogWeights)),
            Quality = quality,
            Basis = quality.Distance is not { } distance ? basis : $"{basis}; TV of the score histogram {distance.Tv:F4} (noise floor {distance.TvNoise:F4}), Anderson-Darling {distance.AndersonDarling:F2} of its 5 % critical value",
            Samples = samples,
            UniqueShare = drawn.Unique / (double)samples,
        };
    }

    // An object is scored once, however often it was drawn.
    private Drawn Draw(IPolicyEngine engine, float beta, int samples, ulong seed, CancellationToken cancellationToken)
    {
        var drawn = ForwardSamples.Draw(engine, _task.Space, beta, samples, seed, withTerms: true, cancellationToken);
        var unique = new PackedSet();
        var rows = Array.ConvertAll(drawn.Objects, terminal => unique.Add(terminal).Index);
        var distinct = unique.ToArray();

        var distinctScores = new double[distinct.Length];
        _task.Oracle.Score(distinct, distinctScores);
        var scores = Array.ConvertAll(rows, row => distinctScores[row]);
        var logWeights = new double[samples];
        for (var i = 0; i < samples; i++)
        {
            logWeights[i] = beta * _task.Reward.LogReward(scores[i]) + drawn.LogBackward[i] - drawn.LogForward[i];
        }

        return new Drawn(drawn.Objects, scores, logWeights, distinct.Length);
    }

    private (double[] Scores, double[] LogRewards, TargetDistribution Target) Enumerate(ExactDistribution exact)
    {
        var scores = new double[exact.Objects.Length];
        _task.Oracle.Score(exact.Objects.Span, scores);
        var target = new TargetDistribution(new TargetHistogram(exact.Objects.Span, scores, null), _task.Reward);
        return (scores, Array.ConvertAll(scores, _task.Reward.LogReward), target);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>Trajectories of P_F: their objects and scores, and beta log R + log P_B - log P_F of each.</summary>
    private sealed record Drawn(UInt128[] Objects, double[] Scores, double[] LogWeights, int Unique);
}
