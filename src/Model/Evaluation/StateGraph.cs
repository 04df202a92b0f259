using Tempera.Model.Collections;
using Tempera.Model.Spaces;

namespace Tempera.Model.Evaluation;

/// <summary>The whole state graph of a design space: states numbered as found from the root, edges, and a topological order in waves.</summary>
internal sealed class StateGraph
{
    private readonly PackedSet _states = new();
    private readonly ChunkedColumn<int> _edgeStarts = new();
    private readonly ChunkedColumn<int> _edges = new();
    private readonly List<int> _waveStarts = [0];

    private StateGraph()
    {
    }

    /// <summary>Number of states.</summary>
    public int StateCount => _states.Count;

    /// <summary>State numbers of the terminal objects, in the order they were found.</summary>
    public int[] Terminals { get; private set; } = [];

    /// <summary>Numbers of the states with children; a state comes after all its parents.</summary>
    public int[] Order { get; private set; } = [];

    /// <summary>Number of waves: runs of <see cref="Order"/> without edges among them.</summary>
    public int WaveCount => _waveStarts.Count - 1;

    /// <summary>The state of a number.</summary>
    public UInt128 State(int index) => _states[index];

    /// <summary>The number of a state, or -1.</summary>
    public int IndexOf(UInt128 state) => _states.IndexOf(state);

    /// <summary>The states of a wave.</summary>
    public ReadOnlySpan<int> Wave(int wave) => Order.AsSpan(_waveStarts[wave].._waveStarts[wave + 1]);

    /// <summary>Number of children of a state.</summary>
    public int ChildCount(int state) => _edgeStarts[state + 1] - _edgeStarts[state];

    /// <summary>A child, by its position in <see cref="IDesignSpace.GetChildren"/>.</summary>
    public int Child(int state, int position) => _edges[_edgeStarts[state] + position];

    /// <summary>Walks a space from its root.</summary>
    /// <exception cref="ArgumentException">The space has more states than allowed.</exception>
    /// <exception cref="InvalidOperationException">The space has a cycle.</exception>
    public static StateGraph Build(IDesignSpace space, int maxStates, CancellationToken cancellationToken)
    {
        var graph = new StateGraph();
        graph.Discover(space, maxStates, cancellationToken);
        graph.Sort(space);
        return graph;
    }

    private void Discover(IDesignSpace space, int maxStates, CancellationToken cancellationToken)
    {
        var children = new UInt128[space.MaxChildren];
        var terminals = new List<int>();
        _states.Add(space.Root);
        _edgeStarts.Add(0);
        for (var state = 0; state < _states.Count; state++)
        {
            if (space.IsTerminal(_states[state]))
            {
                terminals.Add(state);
            }
            else
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = space.GetChildren(_states[state], children);
                for (var i = 0; i < count; i++)
                {
                    _edges.Add(_states.Add(children[i]).Index);
                }
            }

            if (_states.Count > maxStates)
            {
                throw new ArgumentException($"An exact distribution needs a space of at most {maxStates:N0} states; {space.Name} has more. Use estimates from samples.");
            }

            _edgeStarts.Add(_edges.Count);
        }

        Terminals = [.. terminals];
    }

    // Kahn's algorithm, a wave at a time: paths of different lengths may meet in one state.
    private void Sort(IDesignSpace space)
    {
        var parents = new int[StateCount];
        for (var edge = 0; edge < _edges.Count; edge++)
        {
            parents[_edges[edge]]++;
        }

        Order = new int[StateCount - Terminals.Length];
        var (start, end) = (0, 0);
        if (Order.Length > 0)
        {
            Order[end++] = 0;
        }

        while (start < end)
        {
            var wave = Order.AsSpan(start..end);
            start = end;
            _waveStarts.Add(start);
            foreach (var state in wave)
            {
                for (var i = 0; i < ChildCount(state); i++)
                {
                    var child = Child(state, i);
                    if (--parents[child] == 0 && ChildCount(child) > 0)
                    {
                        Order[end++] = child;
                    }
                }
            }
        }

        if (end != Order.Length)
        {
            throw new InvalidOperationException($"A design space must be acyclic and every state but terminal objects must have children; {space.Name} breaks this at {Order.Length - end} states. Correct its children.");
        }
    }
}
