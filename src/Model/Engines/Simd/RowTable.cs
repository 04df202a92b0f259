namespace Tempera.Model.Engines.Simd;

/// <summary>
/// Decision rows of one pass: a state (with the context of its beta, where the scorer sees one), its unique edges, and where
/// its raw scores lie.
/// </summary>
internal sealed class RowTable
{
    private int[] _state = new int[256];
    private int[] _context = new int[256];
    private int[] _firstEdge = new int[257];
    private UInt128[] _target = new UInt128[1024];
    private int[] _targetState = new int[1024];

    /// <summary>Rows.</summary>
    public int Count { get; private set; }

    /// <summary>Edges of all rows.</summary>
    public int EdgeCount => _firstEdge[Count];

    /// <summary>State number of each row.</summary>
    public ReadOnlySpan<int> State => _state.AsSpan(0, Count);

    /// <summary>Context of each row.</summary>
    public ReadOnlySpan<int> Context => _context.AsSpan(0, Count);

    /// <summary>First edge of each row; one entry more than rows.</summary>
    public ReadOnlySpan<int> FirstEdge => _firstEdge.AsSpan(0, Count + 1);

    /// <summary>The state each edge leads to.</summary>
    public ReadOnlySpan<UInt128> Target => _target.AsSpan(0, EdgeCount);

    /// <summary>State number of the state each edge leads to, where the scorer numbers them.</summary>
    public Span<int> TargetState => _targetState.AsSpan(0, EdgeCount);

    /// <summary>Removes all rows.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a row; returns its number.</summary>
    public int Add(int state, int context, ReadOnlySpan<UInt128> targets)
    {
        var first = EdgeCount;
        if (Count == _state.Length)
        {
            Array.Resize(ref _state, 2 * Count);
            Array.Resize(ref _context, 2 * Count);
            Array.Resize(ref _firstEdge, (2 * Count) + 1);
        }

        while (first + targets.Length > _target.Length)
        {
            Array.Resize(ref _target, 2 * _target.Length);
            Array.Resize(ref _targetState, 2 * _targetState.Length);
        }

        (_state[Count], _context[Count]) = (state, context);
        targets.CopyTo(_target.AsSpan(first));
        _firstEdge[Count + 1] = first + targets.Length;
        return Count++;
    }
}
