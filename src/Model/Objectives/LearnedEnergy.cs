using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>
/// Learned energy decomposition (LED): e_t = sum_{u &lt; t} phi'_u with phi'_u = phi(s_u -&gt; s_{u+1}) + ( log R(x) - sum_v phi_v ) / n,
/// so that the n potentials of a trajectory add up to log R exactly. The flows see the potentials as constants.
/// </summary>
/// <remarks>
/// <para>phi is fitted by L = 1/B sum_b ( sum_t w[b, t] phi[b, t] - log R(x_b) )^2, dL/dphi[b, t] = 2 w[b, t] r_b / B, where w is n / kept
/// for the steps that dropout kept and 0 for the others, which keeps the credit from gathering in one step. Potentials share
/// out log R, not beta log R, so one network serves every beta.</para>
/// <para>The fixed point is exact once the potentials of every trajectory add up without the correction; they can, for
/// example by giving it all to the last step. Jang et al. 2024 (arXiv 2310.03301).</para>
/// </remarks>
internal sealed class LearnedEnergy : IEnergySplit
{
    /// <inheritdoc/>
    public TermParts Parts => TermParts.Potentials;

    /// <inheritdoc/>
    public void AddTo(Span<double> flows, TrajectoryTerms terms, int b)
    {
        var length = flows.Length - 1;
        var potentials = terms.Steps(terms.Potential, b)[..length];
        var sum = 0.0;
        foreach (var potential in potentials)
        {
            sum += potential;
        }

        var (earned, correction) = (0.0, (terms.LogReward[b] - sum) / length);
        for (var t = 1; t < length; t++)
        {
            earned += potentials[t - 1] + correction;
            flows[t] += terms.Betas[b] * earned;
        }
    }

    /// <inheritdoc/>
    public double Learn(TrajectoryTerms terms)
    {
        var loss = 0.0;
        for (var b = 0; b < terms.Count; b++)
        {
            var potentials = terms.Steps(terms.Potential, b);
            var weights = terms.Steps(terms.PotentialWeight, b);
            var length = terms.Lengths[b];
            var residual = -terms.LogReward[b];
            for (var t = 0; t < length; t++)
            {
                residual += (double)weights[t] * potentials[t];
            }

            loss += residual * residual;
            var gradient = terms.Steps(terms.PotentialGradient, b);
            gradient.Clear();
            for (var t = 0; t < length; t++)
            {
                gradient[t] = (float)(2 * weights[t] * residual / terms.Count);
            }
        }

        return loss / terms.Count;
    }
}
