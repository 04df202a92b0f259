using Tempera.Model.Networks;

namespace Tempera.Model.Engines.Simd;

/// <summary>Scores every unique edge 0: the uniform policy, with nothing to learn.</summary>
internal sealed unsafe class UniformScorer(PolicyNetworkShape shape, EdgeDirection direction) : RowScorer(shape, direction)
{
    private readonly StateTable _states = new();

    public override bool MergesActions => false;

    public override int RawCount => Rows.EdgeCount;

    public override int FirstRaw(int row) => Rows.FirstEdge[row];

    public override int EdgeOfRaw(int raw, int firstRaw) => raw - firstRaw;

    public override void Refresh()
    {
    }

    public override void Begin(float* codes, int codeStride, int contexts, ReadOnlySpan<UInt128> roots)
    {
        Rows.Clear();
        _states.Clear();
    }

    // States are the rows, as none is added otherwise.
    public override int Row(UInt128 state, int context)
    {
        var row = _states.Add(state);
        return row < Rows.Count ? row : Rows.Add(row, context, Targets(state));
    }

    // Fresh buffers are zero and nothing else is ever written.
    public override void Compute() => Raw.Ensure(RawCount);

    public override void Backward(float* codeGradient, int codeStride)
    {
    }
}
