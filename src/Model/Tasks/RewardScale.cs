namespace Tempera.Model.Tasks;

/// <summary>
/// Reward shaping: R(x) = R_max * ( max(y - z, floor) / (max_y - z) )^e with y the raw score, always used as
/// log R(x) = log R_max + e * ( log max(y - z, floor) - log (max_y - z) ).
/// </summary>
/// <param name="Exponent">Reward exponent e.</param>
/// <param name="MaxReward">R_max, the reward of the best object.</param>
/// <param name="MaxScore">max_y, the raw score of the best object.</param>
/// <param name="Floor">Scores less than this above z count as this much. Default 0.001.</param>
/// <remarks>Kim et al. 2024 (arXiv 2310.02823), released settings, where z is 0; see docs/method.md section 1.</remarks>
public sealed record RewardScale(double Exponent, double MaxReward, double MaxScore, double Floor = 0.001)
{
    /// <summary>z, the raw score that earns no reward; below <see cref="MaxScore"/>. Default 0.</summary>
    public double Zero { get; init; }

    /// <summary>log R(x), natural logarithm.</summary>
    public double LogReward(double score) =>
        Math.Log(MaxReward) + Exponent * (Math.Log(Math.Max(score - Zero, Floor)) - Math.Log(MaxScore - Zero));
}
