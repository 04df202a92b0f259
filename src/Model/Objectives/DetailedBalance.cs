using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>
/// Detailed balance: L = 1/B sum_b 1/n_b sum_t r[b, t]^2 with the residual of an edge
/// r[b, t] = log F(s_t) + log P_F[b, t] - log F(s_{t+1}) - log P_B[b, t], log F(s_0) = log Z(beta) and log F(x) = beta log R(x).
/// </summary>
/// <remarks>
/// <para>Gradients: with g[b, t] = 2 r[b, t] / (B n_b), dL/dlog P_F[b, t] = g[b, t] = -dL/dlog P_B[b, t] and
/// dL/dlog F(s_t) = g[b, t] - g[b, t - 1]. Bengio et al. 2023 (arXiv 2111.09266).</para>
/// <para>With an energy split it becomes the forward-looking or the learned-decomposition objective.</para>
/// </remarks>
public sealed class DetailedBalance : IObjective
{
    private readonly IEnergySplit? _split;
    private double[] _flows = [];
    private double[] _gradients = [];

    /// <summary>Plain detailed balance.</summary>
    public DetailedBalance()
        : this("db", null)
    {
    }

    internal DetailedBalance(string name, IEnergySplit? split) => (Name, _split) = (name, split);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TermParts Parts => TermParts.Flows | (_split?.Parts ?? TermParts.None);

    /// <inheritdoc/>
    public double Evaluate(TrajectoryTerms terms)
    {
        if (_flows.Length <= terms.MaxSteps)
        {
            (_flows, _gradients) = (new double[terms.MaxSteps + 1], new double[terms.MaxSteps + 1]);
        }

        _split?.Learn(terms);
        var loss = 0.0;
        for (var b = 0; b < terms.Count; b++)
        {
            loss += Trajectory(terms, b) / terms.Lengths[b];
        }

        return loss / terms.Count;
    }

    private double Trajectory(TrajectoryTerms terms, int b)
    {
        var length = terms.Lengths[b];
        var flows = _flows.AsSpan(0, length + 1);
        var gradients = _gradients.AsSpan(0, length + 1);
        StateFlows.Fill(flows, terms, b, _split);
        gradients.Clear();
        var forward = terms.Steps(terms.ForwardGradient, b);
        var backward = terms.Steps(terms.BackwardGradient, b);
        forward.Clear();
        backward.Clear();
        var logForward = terms.Steps(terms.LogForward, b);
        var logBackward = terms.Steps(terms.LogBackward, b);
        var squares = 0.0;
        for (var t = 0; t < length; t++)
        {
            var residual = flows[t] + logForward[t] - flows[t + 1] - logBackward[t];
            squares += residual * residual;
            var slope = 2 * residual / ((double)terms.Count * length);
            (forward[t], backward[t]) = ((float)slope, (float)-slope);
            gradients[t] += slope;
            gradients[t + 1] -= slope;
        }

        StateFlows.Spread(gradients, terms, b);
        return squares;
    }
}
