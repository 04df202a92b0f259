using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>
/// A decomposition of the energy -log R over a trajectory: the flow of an inner state is log F(s_t) = log F~(s_t) + beta e_t,
/// with F~ learned and e_t the part of log R that the steps up to t have earned. The fixed point stays the same; what the
/// network has left to learn is smaller and an edge is credited where it is taken.
/// </summary>
internal interface IEnergySplit
{
    /// <summary>The parts the terms must have.</summary>
    TermParts Parts { get; }

    /// <summary>Adds beta e_t to the inner states of one trajectory <c>[length + 1]</c>.</summary>
    void AddTo(Span<double> flows, TrajectoryTerms terms, int b);

    /// <summary>Writes the gradient of the decomposition's own loss, if it learns; returns that loss.</summary>
    double Learn(TrajectoryTerms terms);
}
