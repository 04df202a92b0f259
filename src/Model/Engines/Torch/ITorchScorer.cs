using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>Raw scores of edges (state-to-state) or of actions (state-action), in two halves so that a state is encoded once.</summary>
internal interface ITorchScorer
{
    /// <summary>True where edges are scored by both states.</summary>
    bool SeesTargets { get; }

    /// <summary>True where actions are scored, several of which may share an edge.</summary>
    bool ListsActions { get; }

    /// <summary>Forms the products of weights that a pass shares; call it once before the others.</summary>
    void BeginPass();

    /// <summary>Half of the states decided at <c>[states, *]</c>, from features <c>[states, F]</c>.</summary>
    Tensor EncodeParents(Tensor features);

    /// <summary>Half of the states that edges lead to <c>[states, H]</c>, where the scorer sees them.</summary>
    Tensor EncodeTargets(Tensor features);

    /// <summary>u_k of all edges or actions <c>[batch, step, raw, k]</c>.</summary>
    /// <param name="rows">The visits.</param>
    /// <param name="parents">Encoded <see cref="VisitRows.Parents"/>.</param>
    /// <param name="targets">Encoded <see cref="VisitRows.Targets"/>.</param>
    /// <param name="codes">Codes of beta <c>[batch, 32]</c>, where the policy is told of beta in its scorer.</param>
    Tensor Score(VisitRows rows, Tensor parents, Tensor? targets, Tensor? codes);
}
