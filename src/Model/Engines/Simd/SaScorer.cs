using Tempera.Model.Networks;

namespace Tempera.Model.Engines.Simd;

/// <summary>State-action scorer: an MLP [F (+ C), H, H, actions k]; raw scores are those of the legal actions.</summary>
internal sealed unsafe class SaScorer : RowScorer
{
    private readonly StateTable _states = new();
    private readonly SparseLayer _first;
    private readonly DenseLayer? _code;
    private readonly DenseLayer _second;
    private readonly DenseLayer _output;
    private readonly AlignedBuffer _hidden = new();
    private readonly AlignedBuffer _hiddenGradient = new();
    private readonly AlignedBuffer _firstGradient = new();
    private readonly AlignedBuffer _scores = new();
    private readonly AlignedBuffer _scoreGradient = new();
    private readonly AlignedBuffer _contexts = new();
    private readonly AlignedBuffer _contextGradient = new();
    private readonly int[] _actions;
    private readonly int[] _edges;
    private readonly int _scoreStride;
    private int[] _rowOfState = new int[1024];
    private int[] _firstRaw = new int[1025];
    private int[] _rawAction = new int[4096];
    private int[] _rawEdge = new int[4096];
    private float* _codes;
    private int _codeStride;
    private int _contextCount;
    private int _computed;

    public SaScorer(PolicyNetworkShape shape, NetworkParameters parameters, EdgeDirection direction, MatrixProducts products, WorkerTeam team, bool wide)
        : base(shape, direction)
    {
        _first = new SparseLayer(parameters, shape.Hidden[0], direction.Space, team, wide);
        _code = shape.HasCode
            ? new DenseLayer(parameters, products, shape.Hidden[0].Weight, shape.Features, PolicyNetworkShape.TemperatureWidth, null)
            : null;
        _second = new DenseLayer(parameters, products, shape.Hidden[1]);
        _output = new DenseLayer(parameters, products, shape.Output[0]);
        _scoreStride = PackedMatrix.Pad(shape.Actions * shape.Rank);
        _actions = new int[shape.Actions];
        _edges = new int[shape.Actions];
    }

    public override bool MergesActions => true;

    public override int RawCount => _firstRaw[Rows.Count];

    private int Stride => _first.Stride;

    public override int FirstRaw(int row) => _firstRaw[row];

    public override int EdgeOfRaw(int raw, int firstRaw) => _rawEdge[raw];

    public override void Refresh()
    {
        _first.Refresh();
        _code?.Refresh();
        _second.Refresh();
        _output.Refresh();
    }

    public override void Begin(float* codes, int codeStride, int contexts, ReadOnlySpan<UInt128> roots)
    {
        Rows.Clear();
        _states.Clear();
        _codes = codes;
        (_codeStride, _contextCount, _computed) = (codeStride, contexts, 0);
        if (_code is not null)
        {
            _contexts.Ensure((long)contexts * Stride);
            _code.Forward(codes, codeStride, _contexts.Pointer, Stride, contexts);
        }
    }

    public override int Row(UInt128 state, int context)
    {
        var known = _states.Count;
        var id = _states.Add(state);
        if (_code is null && id < known)
        {
            return _rowOfState[id];
        }

        var row = Rows.Add(id, context, Targets(state));
        if (id >= _rowOfState.Length)
        {
            Array.Resize(ref _rowOfState, 2 * _rowOfState.Length);
        }

        _rowOfState[id] = row;
        _first.SetRow(row, state);
        AddActions(state, row);
        return row;
    }

    public override void Compute()
    {
        var (first, end) = (_computed, Rows.Count);
        if (first == end)
        {
            return;
        }

        _first.Forward(first, end, _code is null ? null : _contexts.Pointer, Rows.Context);
        _hidden.Ensure((long)end * Stride);
        _scores.Ensure((long)end * _scoreStride);
        Raw.Ensure((long)RawCount * Shape.Rank);
        var width = PackedMatrix.Pad(Shape.Width);
        var hidden = _hidden.Pointer + ((long)first * Stride);
        _second.Forward(_first.Activations.Pointer + ((long)first * Stride), Stride, hidden, Stride, end - first);
        Simd.Rows.LeakyRelu(hidden, Stride, end - first, width, SimdEngine.Slope);
        _output.Forward(hidden, Stride, _scores.Pointer + ((long)first * _scoreStride), _scoreStride, end - first);
        for (var row = first; row < end; row++)
        {
            for (var raw = _firstRaw[row]; raw < _firstRaw[row + 1]; raw++)
            {
                Scores(_scores, row, raw).CopyTo(Scores(Raw, raw));
            }
        }

        _computed = end;
    }

    public override void Backward(float* codeGradient, int codeStride)
    {
        var rows = Rows.Count;
        var width = PackedMatrix.Pad(Shape.Width);
        Zero(_scoreGradient, (long)rows * _scoreStride);
        Zero(_hiddenGradient, (long)rows * Stride);
        Zero(_firstGradient, (long)rows * Stride);
        for (var row = 0; row < rows; row++)
        {
            for (var raw = _firstRaw[row]; raw < _firstRaw[row + 1]; raw++)
            {
                Scores(RawGradient, raw).CopyTo(Scores(_scoreGradient, row, raw));
            }
        }

        _output.AddParameterGradients(_hidden.Pointer, Stride, _scoreGradient.Pointer, _scoreStride, rows);
        _output.AddInputGradient(_scoreGradient.Pointer, _scoreStride, _hiddenGradient.Pointer, Stride, rows);
        Simd.Rows.LeakyReluGradient(_hiddenGradient.Pointer, _hidden.Pointer, Stride, rows, width, SimdEngine.Slope);
        _second.AddParameterGradients(_first.Activations.Pointer, Stride, _hiddenGradient.Pointer, Stride, rows);
        _second.AddInputGradient(_hiddenGradient.Pointer, Stride, _firstGradient.Pointer, Stride, rows);
        _first.Backward(_firstGradient.Pointer, rows);
        if (_code is null)
        {
            return;
        }

        Zero(_contextGradient, (long)_contextCount * Stride);
        for (var row = 0; row < rows; row++)
        {
            Simd.Rows.Add(new Span<float>(_contextGradient.Pointer + ((long)Rows.Context[row] * Stride), width), _firstGradient.Pointer + ((long)row * Stride));
        }

        _code.AddWeightGradient(_codes, _codeStride, _contextGradient.Pointer, Stride, _contextCount);
        _code.AddInputGradient(_contextGradient.Pointer, Stride, codeGradient, codeStride, _contextCount);
    }

    public override void Dispose()
    {
        base.Dispose();
        _first.Dispose();
        _code?.Dispose();
        _second.Dispose();
        _output.Dispose();
        foreach (var buffer in new[] { _hidden, _hiddenGradient, _firstGradient, _scores, _scoreGradient, _contexts, _contextGradient })
        {
            buffer.Dispose();
        }
    }

    private Span<float> Scores(AlignedBuffer raws, int raw) => new(raws.Pointer + ((long)raw * Shape.Rank), Shape.Rank);

    private Span<float> Scores(AlignedBuffer rows, int row, int raw) =>
        new(rows.Pointer + ((long)row * _scoreStride) + ((long)_rawAction[raw] * Shape.Rank), Shape.Rank);

    private static void Zero(AlignedBuffer buffer, long count)
    {
        buffer.Ensure(count);
        buffer.Clear(0, count);
    }

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
