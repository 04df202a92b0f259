using Tempera.Model.Engines;
using Tempera.Model.Objectives;

namespace Tempera.Model.Baselines;

/// <summary>
/// The entropy-regularised reinforcement learning problem that the baselines solve: maximise E[ beta log R(x) - alpha sum_t log pi_t ].
/// Its solution is p(tau) proportional to R(x)^(beta / alpha), so an object comes in proportion to its number of trajectories
/// times R(x)^(beta / alpha): the bias that a backward policy takes out of a GFlowNet.
/// </summary>
/// <remarks>
/// The value of a state is V(s) = log F(s) of the flow network and V(s_0) = log Z, V(x) = beta log R(x). With alpha = 1, V(s_0) is the log of
/// the sum over trajectories of R^beta. Haarnoja et al. 2017 (arXiv 1702.08165); Tiapkin et al. 2024 (arXiv 2310.12934) for the relation to GFlowNets.
/// </remarks>
internal static class SoftReturns
{
    /// <summary>
    /// Writes G_t = beta log R(x) - alpha sum_{u &gt;= t} log pi_u of the steps of one trajectory, from the given log-probabilities
    /// <c>[step]</c>.
    /// </summary>
    public static void Fill(Span<double> returns, TrajectoryTerms terms, int b, ReadOnlySpan<float> logPolicy, double entropy)
    {
        var sum = terms.Betas[b] * terms.LogReward[b];
        for (var t = returns.Length - 1; t >= 0; t--)
        {
            sum -= entropy * logPolicy[t];
            returns[t] = sum;
        }
    }

    /// <summary>V(s_t) of a step.</summary>
    public static double Value(TrajectoryTerms terms, int b, int t) => t == 0 ? terms.LogZ[b] : terms.States(terms.LogFlow, b)[t];

    /// <summary>Writes d loss / d V of the steps of one trajectory.</summary>
    public static void SpreadValues(ReadOnlySpan<double> gradients, TrajectoryTerms terms, int b)
    {
        terms.LogZGradient[b] = (float)gradients[0];
        var row = terms.States(terms.FlowGradient, b);
        row.Clear();
        for (var t = 1; t < gradients.Length; t++)
        {
            row[t] = (float)gradients[t];
        }
    }
}
