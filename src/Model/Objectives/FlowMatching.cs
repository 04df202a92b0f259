using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>
/// Flow matching: L = 1/B sum_b 1/n_b sum_t r[b, t]^2 with the residual of a visited state other than the root
/// r[b, t] = log sum over parents s of F(s) P_F(s_{t+1} | s) - log F(s_{t+1}), F(s_0) = Z(beta) and F(x) = R(x)^beta.
/// </summary>
/// <remarks>
/// An edge's flow is F(s) P_F(s' | s), so what flows out of a state is F(s) by construction, and P_B does not occur: it stays
/// uniform. Every parent of every visited state is computed, which is what bounds the objective to small spaces. Gradients:
/// with g = 2 r / (B n_b), dL/dlog F(s -&gt; s_{t+1}) = g times the parent's share of the inflow, dL/dlog F(s_{t+1}) = -g.
/// Bengio et al. 2021 (arXiv 2106.04399), equation 12, without the smoothing constant.
/// </remarks>
public sealed class FlowMatching : IObjective
{
    /// <summary>Name of the objective.</summary>
    public const string ObjectiveName = "fm";

    /// <summary>Most objects of a space it is offered for.</summary>
    public const int MaxObjects = 1_000_000;

    /// <inheritdoc/>
    public string Name => ObjectiveName;

    /// <inheritdoc/>
    public TermParts Parts => TermParts.Flows | TermParts.Inflows;

    /// <inheritdoc/>
    public double Evaluate(TrajectoryTerms terms)
    {
        var steps = terms.Count * terms.MaxSteps;
        terms.ForwardGradient.AsSpan(0, steps).Clear();
        terms.BackwardGradient.AsSpan(0, steps).Clear();
        terms.InflowGradient.AsSpan(0, steps * terms.MaxParents).Clear();
        terms.LogZGradient.AsSpan(0, terms.Count).Clear();
        var loss = 0.0;
        for (var b = 0; b < terms.Count; b++)
        {
            loss += Trajectory(terms, b) / terms.Lengths[b];
        }

        return loss / terms.Count;
    }

    private static double Trajectory(TrajectoryTerms terms, int b)
    {
        var length = terms.Lengths[b];
        var flows = terms.States(terms.LogFlow, b);
        var gradients = terms.States(terms.FlowGradient, b);
        gradients.Clear();
        var squares = 0.0;
        for (var t = 0; t < length; t++)
        {
            var at = (b * terms.MaxSteps + t) * terms.MaxParents;
            var inflows = terms.LogInflow.AsSpan(at, terms.MaxParents);
            var inflow = LogSumExp(inflows);
            var isObject = t + 1 == length;
            var residual = inflow - (isObject ? terms.Betas[b] * terms.LogReward[b] : flows[t + 1]);
            squares += residual * residual;
            var slope = 2 * residual / ((double)terms.Count * length);
            for (var parent = 0; parent < inflows.Length; parent++)
            {
                terms.InflowGradient[at + parent] = (float)(slope * Math.Exp(inflows[parent] - inflow));
            }

            if (!isObject)
            {
                gradients[t + 1] = (float)-slope;
            }
        }

        return squares;
    }

    private static double LogSumExp(ReadOnlySpan<double> values)
    {
        var maximum = double.NegativeInfinity;
        foreach (var value in values)
        {
            maximum = Math.Max(maximum, value);
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp(value - maximum);
        }

        return maximum + Math.Log(sum);
    }
}
