using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>
/// Trajectory balance: L = 1/B sum_b r_b^2 with the residual
/// r_b = log Z(beta_b) + sum_t log P_F[b, t] - beta_b log R(x_b) - sum_t log P_B[b, t].
/// </summary>
/// <remarks>
/// <para>Gradients: dL/dlog P_F[b, t] = dL/dlog Z[b] = 2 r_b / B and dL/dlog P_B[b, t] = -2 r_b / B for t below the trajectory's
/// length, 0 from there on. Sums run in double precision. Non-finite terms give a non-finite loss; nothing is thrown for them.
/// Malkin et al. 2022 (arXiv 2201.13259), equation 14. With P_B fixed to the uniform one (<c>maxent</c>) the learned
/// trajectories have the largest entropy that the target allows.</para>
/// <para>With a reach h above 0 the square of a residual beyond h goes on as a line, r^2 becoming 2 h |r| - h^2 (Huber 1964,
/// https://doi.org/10.1214/aoms/1177703732), so that the few objects of nearly no reward, whose residuals are the largest, do not outweigh
/// all others. The minimum, a residual of 0 everywhere, is the same.</para>
/// </remarks>
/// <param name="name">Name a user types.</param>
/// <param name="reach">h, nats; 0 squares every residual.</param>
public sealed class TrajectoryBalance(string name = TrajectoryBalance.PlainName, double reach = 0) : IObjective
{
    /// <summary>With a learned P_B, unless the settings fix it.</summary>
    public const string PlainName = "tb";

    /// <summary>With P_B fixed to the uniform one.</summary>
    public const string MaximumEntropyName = "maxent";

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public TermParts Parts => TermParts.None;

    /// <inheritdoc/>
    public double Evaluate(TrajectoryTerms terms)
    {
        var loss = 0.0;
        for (var b = 0; b < terms.Count; b++)
        {
            var (row, length) = (b * terms.MaxSteps, terms.Lengths[b]);
            var residual = terms.LogZ[b] - terms.Betas[b] * terms.LogReward[b];
            for (var t = row; t < row + length; t++)
            {
                residual += (double)terms.LogForward[t] - terms.LogBackward[t];
            }

            var pull = reach > 0 ? Math.Clamp(residual, -reach, reach) : residual;
            loss += pull * ((2 * residual) - pull);
            var slope = 2 * pull / terms.Count;
            terms.LogZGradient[b] = (float)slope;
            GradientRows.Fill(terms.Steps(terms.ForwardGradient, b), length, slope);
            GradientRows.Fill(terms.Steps(terms.BackwardGradient, b), length, -slope);
        }

        return loss / terms.Count;
    }
}
