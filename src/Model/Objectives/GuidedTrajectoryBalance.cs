using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>
/// Guided trajectory balance: L = 1/B sum_b ( r_b^2 + min(q_b^2, 100) ), where P_F is drawn to a target between P_B and a guide,
/// r_b = log Z(beta_b) + sum_t log P_F[b, t] - beta_b log R(x_b) - w sum_t log P_B[b, t] - (1 - w) sum_t log P_guide[b, t],
/// and P_B to the guide, q_b = sum_t log P_B[b, t] - sum_t log P_guide[b, t].
/// </summary>
/// <remarks>
/// <para>The target is a constant for r: P_B learns from q alone, and not from a trajectory with q^2 above 100. Gradients:
/// dL/dlog P_F[b, t] = dL/dlog Z[b] = 2 r_b / B, dL/dlog P_B[b, t] = 2 q_b / B.</para>
/// <para>With w = 1 the fixed point is the target distribution whatever P_B is. With w below 1 it is so only where the guided
/// trajectories are those of a Markov policy; elsewhere guidance trades some bias for credit that is assigned to
/// substructures. Shen et al. 2023 (arXiv 2305.07170), with the clipping of the released code.</para>
/// </remarks>
/// <param name="weight">w, the share of P_B in the target, 0 to 1.</param>
public sealed class GuidedTrajectoryBalance(double weight) : IObjective
{
    private const double LargestGuideLoss = 100;

    /// <inheritdoc/>
    public string Name => "guided-tb";

    /// <inheritdoc/>
    public TermParts Parts => TermParts.Guide;

    /// <inheritdoc/>
    public double Evaluate(TrajectoryTerms terms)
    {
        var loss = 0.0;
        for (var b = 0; b < terms.Count; b++)
        {
            var length = terms.Lengths[b];
            var (forward, backward, guide) = (0.0, 0.0, 0.0);
            for (var t = b * terms.MaxSteps; t < b * terms.MaxSteps + length; t++)
            {
                forward += terms.LogForward[t];
                backward += terms.LogBackward[t];
                guide += terms.LogGuide[t];
            }

            var residual = terms.LogZ[b] + forward - terms.Betas[b] * terms.LogReward[b] - weight * backward - (1 - weight) * guide;
            var distance = backward - guide;
            var isClipped = distance * distance > LargestGuideLoss;
            loss += residual * residual + (isClipped ? LargestGuideLoss : distance * distance);
            terms.LogZGradient[b] = (float)(2 * residual / terms.Count);
            GradientRows.Fill(terms.Steps(terms.ForwardGradient, b), length, 2 * residual / terms.Count);
            GradientRows.Fill(terms.Steps(terms.BackwardGradient, b), length, isClipped ? 0 : 2 * distance / terms.Count);
        }

        return loss / terms.Count;
    }
}
