using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>Forward-looking flows: e_t = log R(s_t), the reward of the partial object, known from the task.</summary>
/// <remarks>Pan et al. 2023 (arXiv 2302.01687), with energy -log R.</remarks>
internal sealed class PartialEnergy : IEnergySplit
{
    /// <inheritdoc/>
    public TermParts Parts => TermParts.PartialRewards;

    /// <inheritdoc/>
    public void AddTo(Span<double> flows, TrajectoryTerms terms, int b)
    {
        var partial = terms.States(terms.PartialLogReward, b);
        for (var t = 1; t < flows.Length - 1; t++)
        {
            flows[t] += terms.Betas[b] * partial[t];
        }
    }

    /// <inheritdoc/>
    public double Learn(TrajectoryTerms terms) => 0;
}
