using Tempera.Model.Engines;
using Tempera.Model.Objectives;

namespace Tempera.Model.Baselines;

/// <summary>
/// Soft Q-learning: L = 1/B sum_b 1/n_b sum_t ( Q(s_t, s_{t+1}) - V(s_{t+1}) )^2 with Q(s, s') = V(s) + alpha log pi(s' | s), so that
/// V(s) = alpha log sum exp(Q / alpha) holds by construction, and V(s_{t+1}), the target, a constant.
/// </summary>
/// <remarks>
/// Gradients: with g = 2 r[b, t] / (B n_b), dL/dlog P_F[b, t] = alpha g and dL/dV(s_t) = g. Rewards come at the end only: V(x) = beta log R(x).
/// Off-policy data are sound, so replay stays on. Haarnoja et al. 2017 (arXiv 1702.08165), equations 2 to 8; see <see cref="SoftReturns"/> for the problem.
/// </remarks>
/// <param name="entropy">alpha, above 0.</param>
public sealed class SoftQLearning(double entropy) : IObjective
{
    private double[] _gradients = [];

    /// <inheritdoc/>
    public string Name => MethodCatalog.SoftQLearning;

    /// <inheritdoc/>
    public TermParts Parts => TermParts.Flows;

    /// <inheritdoc/>
    public double Evaluate(TrajectoryTerms terms)
    {
        if (_gradients.Length < terms.MaxSteps)
        {
            _gradients = new double[terms.MaxSteps];
        }

        var loss = 0.0;
        for (var b = 0; b < terms.Count; b++)
        {
            var length = terms.Lengths[b];
            var forward = terms.Steps(terms.ForwardGradient, b);
            forward.Clear();
            terms.Steps(terms.BackwardGradient, b).Clear();
            var squares = 0.0;
            for (var t = 0; t < length; t++)
            {
                var target = t + 1 == length ? terms.Betas[b] * terms.LogReward[b] : SoftReturns.Value(terms, b, t + 1);
                var residual = SoftReturns.Value(terms, b, t) + entropy * terms.Steps(terms.LogForward, b)[t] - target;
                squares += residual * residual;
                _gradients[t] = 2 * residual / ((double)terms.Count * length);
                forward[t] = (float)(entropy * _gradients[t]);
            }

            SoftReturns.SpreadValues(_gradients.AsSpan(0, length), terms, b);
            loss += squares / length;
        }

        return loss / terms.Count;
    }
}
