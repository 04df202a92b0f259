using Tempera.Model.Networks;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// Scores the edges of decision rows with one network. A pass begins, adds rows (a state is only ever computed once), computes
/// what is new, and may then be differentiated as a whole.
/// </summary>
internal abstract unsafe class RowScorer(PolicyNetworkShape shape, EdgeDirection direction) : IDisposable
{
    private readonly UInt128[] _targets = new UInt128[direction.MaxEdges];

    protected PolicyNetworkShape Shape { get; } = shape;

    protected EdgeDirection Direction { get; } = direction;

    /// <summary>The rows of the pass.</summary>
    public RowTable Rows { get; } = new();

    /// <summary>
    /// Raw scores <c>[raw, rank]</c>; row r has those from <see cref="FirstRaw"/>(r) to <see cref="FirstRaw"/>(r + 1).
    /// </summary>
    public AlignedBuffer Raw { get; } = new();

    /// <summary>d loss / d raw score <c>[raw, rank]</c>, filled by the caller before <see cref="Backward"/>.</summary>
    public AlignedBuffer RawGradient { get; } = new();

    /// <summary>True when several raw scores may belong to one edge.</summary>
    public abstract bool MergesActions { get; }

    /// <summary>Raw scores of all rows.</summary>
    public abstract int RawCount { get; }

    /// <summary>First raw score of a row.</summary>
    public abstract int FirstRaw(int row);

    /// <summary>The edge, counted within its row, that a raw score belongs to.</summary>
    public abstract int EdgeOfRaw(int raw, int firstRaw);

    /// <summary>Takes the current weights.</summary>
    public abstract void Refresh();

    /// <summary>
    /// Empties the pass. Codes of beta are <c>[context, stride]</c>, null where the scorer sees none. Roots are states that no
    /// edge of the pass leads to.
    /// </summary>
    public abstract void Begin(float* codes, int codeStride, int contexts, ReadOnlySpan<UInt128> roots);

    /// <summary>The row of a state in a context.</summary>
    public abstract int Row(UInt128 state, int context);

    /// <summary>Computes the raw scores of rows added since the last call.</summary>
    public abstract void Compute();

    /// <summary>Adds the parameters' gradients and, where codes are seen, d loss / d code.</summary>
    public abstract void Backward(float* codeGradient, int codeStride);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        Raw.Dispose();
        RawGradient.Dispose();
    }

    protected ReadOnlySpan<UInt128> Targets(UInt128 state) => _targets.AsSpan(0, Direction.GetTargets(state, _targets));
}
