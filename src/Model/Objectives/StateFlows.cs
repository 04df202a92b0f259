using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>log F(s_t; beta) of every state of a trajectory: log Z at the root, beta log R at the object, learned (and split) between.</summary>
internal static class StateFlows
{
    /// <summary>Writes the flows of one trajectory <c>[length + 1]</c>.</summary>
    public static void Fill(Span<double> flows, TrajectoryTerms terms, int b, IEnergySplit? split)
    {
        terms.States(terms.LogFlow, b)[..flows.Length].CopyTo(flows);
        flows[0] = terms.LogZ[b];
        split?.AddTo(flows, terms, b);
        flows[^1] = terms.Betas[b] * terms.LogReward[b];
    }

    /// <summary>Hands the gradient of the flows <c>[length + 1]</c> to log Z and the learned ones; the object's own is known.</summary>
    public static void Spread(ReadOnlySpan<double> gradients, TrajectoryTerms terms, int b)
    {
        terms.LogZGradient[b] = (float)gradients[0];
        var row = terms.States(terms.FlowGradient, b);
        row.Clear();
        for (var t = 1; t < gradients.Length - 1; t++)
        {
            row[t] = (float)gradients[t];
        }
    }
}
