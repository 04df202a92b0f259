using Tempera.Model.Collections;
using Tempera.Model.Random;

namespace Tempera.Model.Baselines;

/// <summary>A method of search without a policy: it proposes objects and is told their rewards.</summary>
/// <remarks>A function of the random streams it is given and of what it is told. Not thread safe: one caller at a time.</remarks>
public interface IProposer
{
    /// <summary>Fills a round's proposals; duplicates are allowed.</summary>
    void Propose(RandomStream random, Span<UInt128> objects);

    /// <summary>Takes in log R of the proposals, and the betas they were proposed at; all spans are <c>[batch]</c>.</summary>
    void Learn(RandomStream random, ReadOnlySpan<UInt128> objects, ReadOnlySpan<float> betas, ReadOnlySpan<double> logRewards);

    /// <summary>State for a checkpoint.</summary>
    ScoredObjects Capture();

    /// <summary>Restores what <see cref="Capture"/> returned.</summary>
    /// <exception cref="InvalidDataException">It is not the state of this proposer.</exception>
    void Restore(ScoredObjects state);
}
