using Tempera.Model.Spaces;

namespace Tempera.Model.Engines;

/// <summary>A space seen forwards (children) or backwards (parents), so that P_F and P_B share their code.</summary>
internal sealed class EdgeDirection(IDesignSpace space, bool forward)
{
    public bool IsForward { get; } = forward;

    public IDesignSpace Space { get; } = space;

    /// <summary>Most unique edges out of a state.</summary>
    public int MaxEdges => IsForward ? Space.MaxChildren : Space.MaxParents;

    /// <summary>Distinct actions.</summary>
    public int ActionCount => IsForward ? Space.ForwardActionCount : Space.BackwardActionCount;

    public int GetTargets(UInt128 state, Span<UInt128> targets) =>
        IsForward ? Space.GetChildren(state, targets) : Space.GetParents(state, targets);

    public int GetActions(UInt128 state, Span<int> actions, Span<int> edges) =>
        IsForward ? Space.GetForwardActions(state, actions, edges) : Space.GetBackwardActions(state, actions, edges);
}
