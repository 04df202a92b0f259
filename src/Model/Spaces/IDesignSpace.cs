namespace Tempera.Model.Spaces;

/// <summary>
/// A design space: a directed acyclic graph of states, each packed in one integer, from <see cref="Root"/> through partial
/// objects to terminal objects. Edges are unique: two actions with the same child are one edge.
/// </summary>
/// <remarks>
/// Implementations are immutable and safe to use from several threads. Children and parents come in a fixed order, so that
/// a random number picks the same edge on every machine.
/// </remarks>
public interface IDesignSpace
{
    /// <summary>Name of the space with its sizes, for people.</summary>
    string Name { get; }

    /// <summary>Transitions of the longest trajectory.</summary>
    int MaxSteps { get; }

    /// <summary>Most unique children a state has.</summary>
    int MaxChildren { get; }

    /// <summary>Most unique parents a state has.</summary>
    int MaxParents { get; }

    /// <summary>Number of binary features of a state.</summary>
    int FeatureCount { get; }

    /// <summary>Most features of a state that are 1.</summary>
    int MaxActiveFeatures { get; }

    /// <summary>Number of distinct forward actions, for state-action policies.</summary>
    int ForwardActionCount { get; }

    /// <summary>Number of distinct backward actions, for state-action policies.</summary>
    int BackwardActionCount { get; }

    /// <summary>The initial state s0.</summary>
    UInt128 Root { get; }

    /// <summary>Natural logarithm of the number of terminal objects.</summary>
    double LogObjectCount { get; }

    /// <summary>True when the state is a terminal object.</summary>
    bool IsTerminal(UInt128 state);

    /// <summary>Writes the unique children of a non-terminal state; returns how many.</summary>
    int GetChildren(UInt128 state, Span<UInt128> children);

    /// <summary>Writes the unique parents of a state other than the root; returns how many.</summary>
    int GetParents(UInt128 state, Span<UInt128> parents);

    /// <summary>
    /// Writes the legal forward actions of a state and, for each, the position of its child in <see cref="GetChildren"/>;
    /// returns how many. Several actions may name one child: a state-action policy adds their probabilities.
    /// </summary>
    int GetForwardActions(UInt128 state, Span<int> actions, Span<int> children);

    /// <summary>As <see cref="GetForwardActions"/>, for parents.</summary>
    int GetBackwardActions(UInt128 state, Span<int> actions, Span<int> parents);

    /// <summary>Writes the indices, in [0, <see cref="FeatureCount"/>) and ascending, of the features that are 1; returns how many.</summary>
    int GetFeatures(UInt128 state, Span<int> active);

    /// <summary>A terminal object as text.</summary>
    string Format(UInt128 terminal);

    /// <summary>Parses a terminal object; on failure the error states the rule, the value received and the remedy.</summary>
    bool TryParse(string text, out UInt128 terminal, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? error);

    /// <summary>Every terminal object in a fixed order; callers ask only where <see cref="LogObjectCount"/> is small enough.</summary>
    IEnumerable<UInt128> EnumerateObjects();

    /// <summary>Writes the terminal objects at Hamming distance 1 (one letter, bit or coordinate step changed); returns how many.</summary>
    int GetNeighbours(UInt128 terminal, Span<UInt128> neighbours);

    /// <summary>Most neighbours an object has.</summary>
    int MaxNeighbours { get; }
}
