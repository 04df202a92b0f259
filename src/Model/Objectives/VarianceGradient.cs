using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>
/// VarGrad (log-partition variance): L = 1/B sum_b ( zeta_b - mean of zeta over the trajectories of the same beta )^2 with
/// zeta_b = beta_b log R(x_b) + sum_t log P_B[b, t] - sum_t log P_F[b, t], which is log Z(beta) for each trajectory at the optimum.
/// </summary>
/// <remarks>
/// <para>The mean stands in for log Z, and must be taken within one beta: across betas the variance of log Z itself would be
/// penalised. A beta with one trajectory has no variance and teaches nothing, so batches hold several (setting
/// <c>trajectories_per_beta</c>). Gradients: with g_b = 2 ( mean - zeta_b ) / B, dL/dlog P_F[b, t] = g_b = -dL/dlog P_B[b, t]; the
/// mean's own derivative cancels within a beta.</para>
/// <para>The log Z head takes no part in the loss; it follows the means by its own regression, dlog Z[b] = 2 (log Z[b] - mean) / B, so
/// that log Z(beta) can be reported. Richter et al. 2020 (arXiv 2010.10436); Zhang et al. 2023 (arXiv 2302.05446).</para>
/// </remarks>
public sealed class VarianceGradient : IObjective
{
    /// <summary>Name of the objective.</summary>
    public const string ObjectiveName = "vargrad";

    /// <summary>Trajectories a beta has where the user does not say.</summary>
    public const int DefaultTrajectoriesPerBeta = 8;

    private float[] _betas = [];
    private int[] _order = [];
    private double[] _estimates = [];

    /// <inheritdoc/>
    public string Name => ObjectiveName;

    /// <inheritdoc/>
    public TermParts Parts => TermParts.None;

    /// <inheritdoc/>
    public double Evaluate(TrajectoryTerms terms)
    {
        var count = terms.Count;
        if (_order.Length < count)
        {
            (_betas, _order, _estimates) = (new float[count], new int[count], new double[count]);
        }

        for (var b = 0; b < count; b++)
        {
            (_betas[b], _order[b], _estimates[b]) = (terms.Betas[b], b, Estimate(terms, b));
        }

        Array.Sort(_betas, _order, 0, count);
        var loss = 0.0;
        for (var first = 0; first < count;)
        {
            var end = first + 1;
            while (end < count && _betas[end] == _betas[first])
            {
                end++;
            }

            loss += Group(terms, _order.AsSpan(first..end));
            first = end;
        }

        return loss / count;
    }

    private double Group(TrajectoryTerms terms, ReadOnlySpan<int> group)
    {
        var mean = 0.0;
        foreach (var b in group)
        {
            mean += _estimates[b] / group.Length;
        }

        var squares = 0.0;
        foreach (var b in group)
        {
            var residual = mean - _estimates[b];
            squares += residual * residual;
            var slope = 2 * residual / terms.Count;
            GradientRows.Fill(terms.Steps(terms.ForwardGradient, b), terms.Lengths[b], slope);
            GradientRows.Fill(terms.Steps(terms.BackwardGradient, b), terms.Lengths[b], -slope);
            terms.LogZGradient[b] = (float)(2 * (terms.LogZ[b] - mean) / terms.Count);
        }

        return squares;
    }

    private static double Estimate(TrajectoryTerms terms, int b)
    {
        var forward = terms.Steps(terms.LogForward, b);
        var backward = terms.Steps(terms.LogBackward, b);
        var estimate = terms.Betas[b] * terms.LogReward[b];
        for (var t = 0; t < terms.Lengths[b]; t++)
        {
            estimate += (double)backward[t] - forward[t];
        }

        return estimate;
    }
}
