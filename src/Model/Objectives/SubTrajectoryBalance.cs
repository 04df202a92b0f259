using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>
/// Sub-trajectory balance, SubTB(lambda): L = sum_b sum_{i &lt; j} w[b, j - i] A[b, i, j]^2 with
/// A[b, i, j] = log F(s_i) + sum_{i &lt;= t &lt; j} ( log P_F[b, t] - log P_B[b, t] ) - log F(s_j), log F(s_0) = log Z(beta) and
/// log F(x) = beta log R(x); w is proportional to lambda^(j - i), or equal, see <see cref="SubTrajectoryWeighting"/>.
/// </summary>
/// <remarks>
/// <para>lambda -&gt; 0 is detailed balance, lambda -&gt; infinity trajectory balance. With v_t = log F(s_t) - sum_{u &lt; t} ( log P_F - log P_B ),
/// A[i, j] = v_i - v_j, so a trajectory of n steps costs n^2 / 2 additions. Gradients: d_k = dL/dv_k = 2 sum_j w (v_k - v_j),
/// dL/dlog F(s_k) = d_k and dL/dlog P_F[t] = sum_{k &lt;= t} d_k = -dL/dlog P_B[t].</para>
/// <para>Madan et al. 2023 (arXiv 2209.12782). With an energy split it becomes the forward-looking or the
/// learned-decomposition objective.</para>
/// </remarks>
public sealed class SubTrajectoryBalance : IObjective
{
    private readonly IEnergySplit? _split;
    private readonly double _lambda;
    private readonly bool _within;
    private double[] _balances = [];
    private double[] _gradients = [];
    private double[] _weights = [];

    /// <summary>Plain SubTB.</summary>
    /// <param name="lambda">At least 0.</param>
    /// <param name="weighting">How sub-trajectories share the loss.</param>
    public SubTrajectoryBalance(double lambda, SubTrajectoryWeighting weighting = SubTrajectoryWeighting.GeometricWithin)
        : this("subtb", lambda, weighting, null)
    {
    }

    internal SubTrajectoryBalance(string name, double lambda, SubTrajectoryWeighting weighting, IEnergySplit? split)
    {
        (Name, _split) = (name, split);
        _lambda = weighting is SubTrajectoryWeighting.Equal or SubTrajectoryWeighting.EqualWithin ? 1 : lambda;
        _within = weighting is SubTrajectoryWeighting.GeometricWithin or SubTrajectoryWeighting.EqualWithin;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TermParts Parts => TermParts.Flows | (_split?.Parts ?? TermParts.None);

    /// <inheritdoc/>
    public double Evaluate(TrajectoryTerms terms)
    {
        if (_balances.Length <= terms.MaxSteps)
        {
            _balances = new double[terms.MaxSteps + 1];
            _gradients = new double[terms.MaxSteps + 1];
            _weights = new double[terms.MaxSteps + 1];
        }

        _split?.Learn(terms);
        var total = _within ? 0 : Normalise(terms);
        var loss = 0.0;
        for (var b = 0; b < terms.Count; b++)
        {
            if (_within)
            {
                total = terms.Count * SetWeights(terms.Lengths[b]);
            }

            loss += Trajectory(terms, b, 1 / total) / total;
        }

        return loss;
    }

    /// <summary>Sets the weights for the longest trajectory of the batch; returns their sum over all sub-trajectories.</summary>
    private double Normalise(TrajectoryTerms terms)
    {
        var longest = 0;
        foreach (var length in terms.Lengths.AsSpan(0, terms.Count))
        {
            longest = Math.Max(longest, length);
        }

        SetWeights(longest);
        var total = 0.0;
        for (var b = 0; b < terms.Count; b++)
        {
            total += Sum(terms.Lengths[b]);
        }

        return total;
    }

    // Divided by the largest, so that neither end of lambda overflows; 0^0 is 1, which makes lambda = 0 detailed balance.
    private double SetWeights(int longest)
    {
        for (var length = 1; length <= longest; length++)
        {
            _weights[length] = Math.Pow(_lambda, _lambda > 1 ? length - longest : length - 1);
        }

        return Sum(longest);
    }

    private double Sum(int steps)
    {
        var sum = 0.0;
        for (var length = 1; length <= steps; length++)
        {
            sum += (steps - length + 1) * _weights[length];
        }

        return sum;
    }

    private double Trajectory(TrajectoryTerms terms, int b, double scale)
    {
        var length = terms.Lengths[b];
        var balances = _balances.AsSpan(0, length + 1);
        var gradients = _gradients.AsSpan(0, length + 1);
        StateFlows.Fill(balances, terms, b, _split);
        var logForward = terms.Steps(terms.LogForward, b);
        var logBackward = terms.Steps(terms.LogBackward, b);
        var passed = 0.0;
        for (var t = 0; t < length; t++)
        {
            passed += (double)logForward[t] - logBackward[t];
            balances[t + 1] -= passed;
        }

        gradients.Clear();
        var squares = 0.0;
        for (var i = 0; i < length; i++)
        {
            for (var j = i + 1; j <= length; j++)
            {
                var residual = balances[i] - balances[j];
                var weighted = _weights[j - i] * residual;
                squares += weighted * residual;
                gradients[i] += 2 * scale * weighted;
                gradients[j] -= 2 * scale * weighted;
            }
        }

        StateFlows.Spread(gradients, terms, b);
        SpreadSteps(gradients, terms, b);
        return squares;
    }

    private static void SpreadSteps(ReadOnlySpan<double> gradients, TrajectoryTerms terms, int b)
    {
        var forward = terms.Steps(terms.ForwardGradient, b);
        var backward = terms.Steps(terms.BackwardGradient, b);
        forward.Clear();
        backward.Clear();
        var sum = 0.0;
        for (var t = 0; t < gradients.Length - 1; t++)
        {
            sum += gradients[t];
            (forward[t], backward[t]) = ((float)sum, (float)-sum);
        }
    }
}
