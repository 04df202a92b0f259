namespace Tempera.Contracts.Campaigns;

/// <summary>Metrics of p(x | beta) against the target R(x)^beta / Z(beta). A metric that cannot be had is null.</summary>
[GenerateSerializer, Immutable, Alias("tempera.evaluation-record")]
public sealed record EvaluationRecord
{
    /// <summary>Inverse temperature.</summary>
    [Id(0)] public required float Beta { get; init; }

    /// <summary>True when the whole distribution was computed, false when it was estimated from samples.</summary>
    [Id(1)] public required bool Exact { get; init; }

    /// <summary>Total variation, 1/2 sum |p - p*|.</summary>
    [Id(2)] public double? Tv { get; init; }

    /// <summary>KL(p* || p), nats.</summary>
    [Id(3)] public double? Kl { get; init; }

    /// <summary>KL(p || p*), nats.</summary>
    [Id(4)] public double? ReverseKl { get; init; }

    /// <summary>Jensen-Shannon divergence, nats.</summary>
    [Id(5)] public double? Jsd { get; init; }

    /// <summary>log Z(beta) of the model's head.</summary>
    [Id(6)] public double LogZModel { get; init; }

    /// <summary>log Z(beta) of the target.</summary>
    [Id(7)] public double? LogZTarget { get; init; }

    /// <summary>Mean raw score under the model.</summary>
    [Id(8)] public double MeanScoreModel { get; init; }

    /// <summary>Mean raw score under the target.</summary>
    [Id(9)] public double? MeanScoreTarget { get; init; }

    /// <summary>Spearman rank correlation of log p(x) with log R(x).</summary>
    [Id(10)] public double? Spearman { get; init; }

    /// <summary>Pearson correlation of log p(x) with log R(x).</summary>
    [Id(11)] public double? Pearson { get; init; }

    /// <summary>Evidence lower bound on log Z: E over P_F of log R^beta + log P_B - log P_F.</summary>
    [Id(12)] public double? Elbo { get; init; }

    /// <summary>What the figures were computed or estimated from, in words.</summary>
    [Id(13)] public required string Basis { get; init; }

    /// <summary>Samples the estimates rest on; objects enumerated where exact.</summary>
    [Id(14)] public long Samples { get; init; }

    /// <summary>Share of distinct objects among the samples; null where exact.</summary>
    [Id(15)] public double? UniqueShare { get; init; }

    /// <summary>Evidence upper bound on log Z: E over p* and P_B of log R^beta + log P_B - log P_F. Above the lower bound by nothing where the policies are balanced.</summary>
    [Id(16)] public double? Eubo { get; init; }

    /// <summary>Total variation between the scores of the samples and the target's, in 64 bins of about equal target probability.</summary>
    [Id(17)] public double? ScoreTv { get; init; }

    /// <summary>Expected <see cref="ScoreTv"/> of as many perfect samples: the noise floor.</summary>
    [Id(18)] public double? ScoreTvNoise { get; init; }

    /// <summary>Anderson-Darling statistic of the samples' scores over its 5 % critical value; above 1 they differ from the target.</summary>
    [Id(19)] public double? AndersonDarling { get; init; }

    /// <summary>Relative error of the samples' mean score.</summary>
    [Id(20)] public double? MeanScoreError { get; init; }

    /// <summary>Mean error of the shares of samples at or below the target's 5 % to 95 % quantiles.</summary>
    [Id(21)] public double? QuantileError { get; init; }

    /// <summary>Mean raw score of the best 100 distinct objects of the samples.</summary>
    [Id(22)] public double? TopScore { get; init; }

    /// <summary>Mean distance over the unordered pairs of these; null where the task has no distance.</summary>
    [Id(23)] public double? TopDiversity { get; init; }
}
