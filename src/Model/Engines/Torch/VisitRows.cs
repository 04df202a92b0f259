using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>
/// The decisions of a pass, padded to one shape: visit (b, t) chooses among C edges, of which <see cref="Legal"/> says which
/// exist. A visit beyond the end of its trajectory has one legal edge, so that it costs no special case and has no gradient.
/// </summary>
internal sealed record VisitRows
{
    /// <summary>Trajectories B.</summary>
    public required long Trajectories { get; init; }

    /// <summary>Decisions a trajectory, T.</summary>
    public required long Steps { get; init; }

    /// <summary>Features of the states decided at, or of a set that holds them <c>[states, F]</c>, bytes.</summary>
    public required Tensor Parents { get; init; }

    /// <summary>Row of <see cref="Parents"/> of each visit <c>[B T]</c>; null where they are the visits themselves.</summary>
    public Tensor? ParentOf { get; init; }

    /// <summary>Features of the states that edges lead to <c>[states, F]</c>, bytes; null where the scorer does not look at them.</summary>
    public Tensor? Targets { get; init; }

    /// <summary>Row of <see cref="Targets"/> of each edge <c>[B T C]</c>; null where they are the edges themselves.</summary>
    public Tensor? TargetOf { get; init; }

    /// <summary>Edges that exist <c>[B T, C]</c>, booleans.</summary>
    public required Tensor Legal { get; init; }

    /// <summary>Edge of each action <c>[B T, actions]</c>, 16 bits, -1 for one that is not legal; null for a state-to-state scorer.</summary>
    public Tensor? ActionEdges { get; init; }
}
