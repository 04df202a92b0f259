namespace Tempera.Model.Evaluation;

/// <summary>Metrics of p(x | beta) against the target R(x)^beta / Z(beta). A metric that cannot be had is null.</summary>
public sealed record PolicyEvaluation
{
    /// <summary>Inverse temperature.</summary>
    public required float Beta { get; init; }

    /// <summary>True when the whole distribution was computed, false when it was estimated from samples.</summary>
    public required bool Exact { get; init; }

    /// <summary>Total variation, 1/2 sum |p - p*|.</summary>
    public double? Tv { get; init; }

    /// <summary>KL(p* || p), nats.</summary>
    public double? Kl { get; init; }

    /// <summary>KL(p || p*), nats.</summary>
    public double? ReverseKl { get; init; }

    /// <summary>Jensen-Shannon divergence, nats.</summary>
    public double? Jsd { get; init; }

    /// <summary>log Z(beta) of the model's head.</summary>
    public double LogZModel { get; init; }

    /// <summary>log Z(beta) of the target.</summary>
    public double? LogZTarget { get; init; }

    /// <summary>Mean raw score under the model.</summary>
    public double MeanScoreModel { get; init; }

    /// <summary>Mean raw score under the target.</summary>
    public double? MeanScoreTarget { get; init; }

    /// <summary>Spearman rank correlation of log p(x) with log R(x).</summary>
    public double? Spearman { get; init; }

    /// <summary>Pearson correlation of log p(x) with log R(x).</summary>
    public double? Pearson { get; init; }

    /// <summary>Evidence lower bound on log Z: mean over trajectories of P_F of beta log R + log P_B - log P_F.</summary>
    public double? Elbo { get; init; }

    /// <summary>
    /// Evidence upper bound on log Z: mean over objects of the target and trajectories of P_B of the same; over the trajectories
    /// of the ELBO, weighted, where the target cannot be drawn from. The gap to the ELBO is zero where the policies are balanced.
    /// </summary>
    public double? Eubo { get; init; }

    /// <summary>What the samples show: reward-distribution tests, best objects, diversity.</summary>
    public SampleQuality? Quality { get; init; }

    /// <summary>What the figures were computed or estimated from, in words.</summary>
    public required string Basis { get; init; }

    /// <summary>Samples the estimates rest on; objects enumerated where exact.</summary>
    public long Samples { get; init; }

    /// <summary>Share of distinct objects among the samples; null where exact.</summary>
    public double? UniqueShare { get; init; }
}
