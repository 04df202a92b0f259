using Tempera.Model.Engines;
using Tempera.Model.Objectives;

namespace Tempera.Model.Baselines;

/// <summary>
/// Advantage actor-critic (A2C) and proximal policy optimisation (PPO) for the entropy-regularised problem of <see cref="SoftReturns"/>:
/// L = 1/B sum_b sum_t ( -min( rho A, clip(rho, 1 - eps, 1 + eps) A ) + ( V(s_t) - G_t )^2 ) with the returns G_t and the advantages
/// A_t = G_t - V_old(s_t) of the policy that drew the trajectories, both constants, and rho = pi(s_{t+1} | s_t) / pi_old(s_{t+1} | s_t).
/// </summary>
/// <remarks>
/// <para>Gradients: dL/dlog P_F[b, t] = -rho A / B, or 0 where the clipped term is the smaller; dL/dV(s_t) = 2 ( V(s_t) - G_t ) / B. On the first
/// step of a batch rho is 1, so a single step is A2C, whose gradient is -A dlog pi. At the optimum every return equals the
/// value, so the gradient has no noise left there. On-policy: no replay, no epsilon.</para>
/// <para>Returns are Monte Carlo, as rewards come at the end. Mnih et al. 2016 (arXiv 1602.01783); Schulman et al. 2017 (arXiv 1707.06347), equation 7.</para>
/// </remarks>
public sealed class ActorCritic : IObjective
{
    private readonly double _entropy;
    private readonly double _clip;
    private double[] _returns = [];
    private double[] _gradients = [];

    /// <param name="name"><c>a2c</c> or <c>ppo</c>, which differ in the number of steps a batch gets.</param>
    /// <param name="entropy">alpha, at least 0.</param>
    /// <param name="clip">eps of the clipped ratio.</param>
    public ActorCritic(string name, double entropy, double clip) => (Name, _entropy, _clip) = (name, entropy, clip);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TermParts Parts => TermParts.Flows | TermParts.Behaviour;

    /// <inheritdoc/>
    public double Evaluate(TrajectoryTerms terms)
    {
        if (_returns.Length < terms.MaxSteps)
        {
            (_returns, _gradients) = (new double[terms.MaxSteps], new double[terms.MaxSteps]);
        }

        var loss = 0.0;
        for (var b = 0; b < terms.Count; b++)
        {
            loss += Trajectory(terms, b);
        }

        return loss / terms.Count;
    }

    private double Trajectory(TrajectoryTerms terms, int b)
    {
        var length = terms.Lengths[b];
        var behaviour = terms.Steps(terms.LogBehaviour, b);
        var valuesThen = terms.States(terms.BehaviourValue, b);
        SoftReturns.Fill(_returns.AsSpan(0, length), terms, b, behaviour, _entropy);
        var forward = terms.Steps(terms.ForwardGradient, b);
        forward.Clear();
        terms.Steps(terms.BackwardGradient, b).Clear();
        var loss = 0.0;
        for (var t = 0; t < length; t++)
        {
            var advantage = _returns[t] - valuesThen[t];
            var ratio = Math.Exp((double)terms.Steps(terms.LogForward, b)[t] - behaviour[t]);
            var clipped = Math.Clamp(ratio, 1 - _clip, 1 + _clip) * advantage;
            var error = SoftReturns.Value(terms, b, t) - _returns[t];
            loss += error * error - Math.Min(ratio * advantage, clipped);
            forward[t] = clipped < ratio * advantage ? 0 : (float)(-ratio * advantage / terms.Count);
            _gradients[t] = 2 * error / terms.Count;
        }

        SoftReturns.SpreadValues(_gradients.AsSpan(0, length), terms, b);
        return loss;
    }
}
