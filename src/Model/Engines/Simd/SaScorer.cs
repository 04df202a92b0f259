using Tempera.Model.Networks;

namespace Tempera.Model.Engines.Simd;

/// <summary>State-action scorer: an MLP [F (+ C), H, H, actions k] on states; raw scores are those of the legal actions.</summary>
internal sealed unsafe class SaScorer : RowScorer
{
    private readonly StateMlp _mlp;
    private readonly int[] _actions;
    private readonly int[] _edges;
    private int[] _firstRaw = new int[1025];
    private int[] _rawAction = new int[4096];
    private int[] _rawEdge = new int[4096];
    private int _computed;

    public SaScorer(PolicyNetworkShape shape, NetworkParameters parameters, EdgeDirection direction, MatrixProducts products, WorkerTeam team, bool wide)
        : base(shape, direction)
    {
        _mlp = new StateMlp(shape, parameters, direction.Space, products, team, wide);
        _actions = new int[shape.Actions];
        _edges = new int[shape.Actions];
    }

    public override bool MergesActions => true;

    public override int RawCount => _firstRaw[Rows.Count];

    public override int FirstRaw(int row) => _firstRaw[row];

    public override int EdgeOfRaw(int raw, int firstRaw) => _rawEdge[raw];

    public override void Refresh() => _mlp.Refresh();

    public override void Begin(float* codes, int codeStride, int contexts, ReadOnlySpan<UInt128> roots)
    {
        Rows.Clear();
        _mlp.Begin(codes, codeStride, contexts);
        _computed = 0;
    }

    public override int Row(UInt128 state, int context)
    {
        var row = _mlp.Row(state, context);
        if (row == Rows.Count)
        {
            Rows.Add(row, context, Targets(state));
            AddActions(state, row);
        }

        return row;
    }

    public override void Compute()
    {
        _mlp.Compute();
        Raw.Ensure((long)RawCount * Shape.Rank);
        for (; _computed < Rows.Count; _computed++)
        {
            for (var raw = _firstRaw[_computed]; raw < _firstRaw[_computed + 1]; raw++)
            {
                _mlp.Outputs(_computed, _rawAction[raw]).CopyTo(Scores(Raw, raw));
            }
        }
    }

    public override void Backward(float* codeGradient, int codeStride)
    {
        _mlp.BeginBackward();
        for (var row = 0; row < Rows.Count; row++)
        {
            for (var raw = _firstRaw[row]; raw < _firstRaw[row + 1]; raw++)
            {
                Scores(RawGradient, raw).CopyTo(_mlp.OutputGradient(row, _rawAction[raw]));
            }
        }

        _mlp.Backward(codeGradient, codeStride);
    }

    public override void Dispose()
    {
        base.Dispose();
        _mlp.Dispose();
    }

    private Span<float> Scores(AlignedBuffer raws, int raw) => new(raws.Pointer + ((long)raw * Shape.Rank), Shape.Rank);

    private void AddActions(UInt128 state, int row)
    {
        var count = Direction.GetActions(state, _actions, _edges);
        if (row + 1 >= _firstRaw.Length)
        {
            Array.Resize(ref _firstRaw, 2 * _firstRaw.Length);
        }

        var raw = _firstRaw[row];
        while (raw + count > _rawAction.Length)
        {
            Array.Resize(ref _rawAction, 2 * _rawAction.Length);
            Array.Resize(ref _rawEdge, 2 * _rawEdge.Length);
        }

        _actions.AsSpan(0, count).CopyTo(_rawAction.AsSpan(raw));
        _edges.AsSpan(0, count).CopyTo(_rawEdge.AsSpan(raw));
        _firstRaw[row + 1] = raw + count;
    }
}
