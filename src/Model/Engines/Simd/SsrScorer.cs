using Tempera.Model.Networks;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// State-to-state scorer: z(s) = W2 LeakyReLU(W1 phi(s) + b1) + b2 and u_k(s, s') = v_k . LeakyReLU( z(s) Ws + z(s') Wc
/// [+ code(beta) Wt] + b3 ) + b4. The halves for s and for s' are computed once a state, whatever the number of edges.
/// </summary>
internal sealed unsafe class SsrScorer : RowScorer
{
    private readonly StateTable _states = new();
    private readonly MatrixProducts _products;
    private readonly SparseLayer _first;
    private readonly DenseLayer _encoder;
    private readonly DenseLayer _stateMap;
    private readonly DenseLayer _childMap;
    private readonly DenseLayer? _codeMap;
    private readonly NetworkParameters _parameters;
    private readonly ScorerFold? _fold;
    private readonly SsrEdges _edges;
    private readonly AlignedBuffer _embedding = new();
    private readonly AlignedBuffer _child = new();
    private readonly AlignedBuffer _parentInput = new();
    private readonly AlignedBuffer _parent = new();
    private readonly AlignedBuffer _base = new();
    private readonly AlignedBuffer _contexts = new();
    private readonly AlignedBuffer _parentGradient = new();
    private readonly AlignedBuffer _contextGradient = new();
    private readonly AlignedBuffer _inputGradient = new();
    private readonly AlignedBuffer _stateGradient = new();
    private readonly AlignedBuffer _embeddingGradient = new();
    private readonly AlignedBuffer _biasGradient;
    private readonly int _padded;
    private int[] _parentOfState = new int[1024];
    private int[] _stateOfParent = new int[1024];
    private int[] _parentOfRow = new int[1024];
    private float* _codes;
    private int _codeStride;
    private int _contextCount;
    private int _roots;
    private int _parents;
    private int _computedStates;
    private int _computedParents;
    private int _computedRows;

    public SsrScorer(
        PolicyNetworkShape shape, NetworkParameters parameters, EdgeDirection direction, MatrixProducts products, WorkerTeam team, bool wide, int expectedStates)
        : base(shape, direction)
    {
        (_parameters, _products) = (parameters, products);
        var (width, scorer) = (shape.Width, shape.Output[0]);
        _padded = PackedMatrix.Pad(width);
        _first = new SparseLayer(parameters, shape.Hidden[0], direction.Space, team, wide);
        _encoder = new DenseLayer(parameters, products, shape.Hidden[1]);
        _stateMap = new DenseLayer(parameters, products, scorer.Weight, 0, width, scorer.Bias);
        _childMap = new DenseLayer(parameters, products, scorer.Weight, width, width, null);
        _codeMap = shape.HasCode
            ? new DenseLayer(parameters, products, scorer.Weight, 2 * width, PolicyNetworkShape.TemperatureWidth, null)
            : null;
        _fold = ScorerFold.Pays(width, expectedStates) ? new ScorerFold(_encoder, _stateMap, _childMap, products) : null;
        _edges = new SsrEdges(Rows, team, wide, _padded, Stride, shape.Rank);
        _biasGradient = new AlignedBuffer(_padded);
    }

    public override bool MergesActions => false;

    public override int RawCount => Rows.EdgeCount;

    private int Stride => _first.Stride;

    /// <summary>What the maps Ws and Wc are applied to: the hidden layer where they are folded with W2, else the embedding.</summary>
    private AlignedBuffer MapInput => _fold is null ? _embedding : _first.Activations;

    private PackedMatrix StateMatrix => _fold?.State ?? _stateMap.Packed;

    private PackedMatrix ChildMatrix => _fold?.Child ?? _childMap.Packed;

    public override int FirstRaw(int row) => Rows.FirstEdge[row];

    public override int EdgeOfRaw(int raw, int firstRaw) => raw - firstRaw;

    public override void Refresh()
    {
        _first.Refresh();
        _encoder.Refresh();
        _stateMap.Refresh();
        _childMap.Refresh();
        _codeMap?.Refresh();
        _fold?.Refresh();
        var output = Shape.Output[1];
        _edges.Refresh(_parameters.Slot(output.Weight), _parameters.Slot(output.Bias));
    }

    public override void Begin(float* codes, int codeStride, int contexts, ReadOnlySpan<UInt128> roots)
    {
        Rows.Clear();
        _states.Clear();
        _first.Begin();
        _codes = codes;
        (_codeStride, _contextCount) = (codeStride, contexts);
        (_parents, _computedStates, _computedParents, _computedRows) = (0, 0, 0, 0);
        if (_codeMap is not null)
        {
            _contexts.Ensure((long)contexts * Stride);
            _codeMap.Forward(codes, codeStride, _contexts.Pointer, Stride, contexts);
        }

        foreach (var root in roots)
        {
            State(root);
        }

        _roots = _states.Count;
    }

    public override int Row(UInt128 state, int context)
    {
        var id = State(state);
        var parent = _parentOfState[id];
        if (parent >= 0 && _codeMap is null)
        {
            return parent;
        }

        if (parent < 0)
        {
            parent = _parentOfState[id] = _parents++;
            Grow(ref _stateOfParent, parent);
            _stateOfParent[parent] = id;
        }

        var row = Rows.Add(id, context, Targets(state));
        Grow(ref _parentOfRow, row);
        _parentOfRow[row] = parent;
        for (var edge = Rows.FirstEdge[row]; edge < Rows.EdgeCount; edge++)
        {
            Rows.TargetState[edge] = State(Rows.Target[edge]);
        }

        return row;
    }

    public override void Compute()
    {
        if (_computedRows == Rows.Count)
        {
            return;
        }

        ComputeStates();
        ComputeParents();
        if (_codeMap is not null)
        {
            ComputeBases();
        }

        Raw.Ensure((long)RawCount * Shape.Rank);
        _edges.Forward(Bases, _child.Pointer, Raw.Pointer, _computedRows);
        _computedRows = Rows.Count;
    }

    public override void Backward(float* codeGradient, int codeStride)
    {
        var (rows, states) = (Rows.Count, _states.Count);
        _parentGradient.Ensure((long)rows * Stride);
        _stateGradient.Ensure((long)states * Stride);
        _edges.Backward(Bases, _child.Pointer, RawGradient.Pointer, _parentGradient.Pointer, _stateGradient.Pointer, _roots, states);
        var (weight, bias) = Shape.Output[1];
        _edges.AddOutputGradients(_parameters.Gradient.AsSpan(weight.Offset, weight.Length), _parameters.Gradient.AsSpan(bias.Offset, bias.Length));
        _biasGradient.Clear(0, _padded);
        for (var row = 0; row < rows; row++)
        {
            Simd.Rows.Add(new Span<float>(_biasGradient.Pointer, _padded), _parentGradient.Pointer + ((long)row * Stride));
        }

        var parentGradient = _codeMap is null ? _parentGradient.Pointer : SplitByContext(codeGradient, codeStride);
        BackwardMaps(parentGradient, states);
        _first.Backward(_inputGradient.Pointer, states);
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (IDisposable? part in new IDisposable?[]
        {
            _first, _encoder, _stateMap, _childMap, _codeMap, _fold, _edges, _embedding, _child, _parentInput, _parent, _base, _contexts,
            _parentGradient, _contextGradient, _inputGradient, _stateGradient, _embeddingGradient, _biasGradient,
        })
        {
            part?.Dispose();
        }
    }

    /// <summary>base(s) of each row: with a code of beta it differs from row to row, without it from state to state.</summary>
    private float* Bases => _codeMap is null ? _parent.Pointer : _base.Pointer;

    private int State(UInt128 state)
    {
        var known = _states.Count;
        var id = _states.Add(state);
        if (id == known)
        {
            Grow(ref _parentOfState, id);
            _parentOfState[id] = -1;
            _first.SetRow(id, state);
        }

        return id;
    }

    private void ComputeStates()
    {
        var (first, end) = (_computedStates, _states.Count);
        if (first == end)
        {
            return;
        }

        _first.Forward(first, end, null, default);
        if (_fold is null)
        {
            _embedding.Ensure((long)end * Stride);
            _encoder.Forward(_first.Activations.Pointer + ((long)first * Stride), Stride, _embedding.Pointer + ((long)first * Stride), Stride, end - first);
        }

        // Roots are never a child, so their half for s' is not needed.
        _child.Ensure((long)end * Stride);
        var firstChild = Math.Max(first, _roots);
        _child.Clear((long)firstChild * Stride, (long)(end - firstChild) * Stride);
        _products.Multiply(
            MapInput.Pointer + ((long)firstChild * Stride), Stride, ChildMatrix, _child.Pointer + ((long)firstChild * Stride), Stride, end - firstChild);
        _computedStates = end;
    }

    private void ComputeParents()
    {
        var (first, end) = (_computedParents, _parents);
        if (first == end)
        {
            return;
        }

        _parentInput.Ensure((long)end * Stride);
        _parent.Ensure((long)end * Stride);
        for (var parent = first; parent < end; parent++)
        {
            new ReadOnlySpan<float>(MapInput.Pointer + ((long)_stateOfParent[parent] * Stride), _padded)
                .CopyTo(new Span<float>(_parentInput.Pointer + ((long)parent * Stride), _padded));
        }

        var target = _parent.Pointer + ((long)first * Stride);
        Simd.Rows.Fill(target, Stride, end - first, _fold is null ? _stateMap.Bias : _fold.Bias.Pointer, _padded);
        _products.Multiply(_parentInput.Pointer + ((long)first * Stride), Stride, StateMatrix, target, Stride, end - first);
        _computedParents = end;
    }

    private void ComputeBases()
    {
        _base.Ensure((long)Rows.Count * Stride);
        for (var row = _computedRows; row < Rows.Count; row++)
        {
            var target = new Span<float>(_base.Pointer + ((long)row * Stride), _padded);
            new ReadOnlySpan<float>(_parent.Pointer + ((long)_parentOfRow[row] * Stride), _padded).CopyTo(target);
            Simd.Rows.Add(target, _contexts.Pointer + ((long)Rows.Context[row] * Stride));
        }
    }

    /// <summary>Adds row gradients up by context, for the codes of beta, and by parent, which is returned.</summary>
    private float* SplitByContext(float* codeGradient, int codeStride)
    {
        _contextGradient.Ensure((long)(_contextCount + _parents) * Stride);
        _contextGradient.Clear(0, (long)(_contextCount + _parents) * Stride);
        var parents = _contextGradient.Pointer + ((long)_contextCount * Stride);
        for (var row = 0; row < Rows.Count; row++)
        {
            var gradient = _parentGradient.Pointer + ((long)row * Stride);
            Simd.Rows.Add(new Span<float>(_contextGradient.Pointer + ((long)Rows.Context[row] * Stride), _padded), gradient);
            Simd.Rows.Add(new Span<float>(parents + ((long)_parentOfRow[row] * Stride), _padded), gradient);
        }

        _codeMap!.AddWeightGradient(_codes, _codeStride, _contextGradient.Pointer, Stride, _contextCount);
        _codeMap.AddInputGradient(_contextGradient.Pointer, Stride, codeGradient, codeStride, _contextCount);
        return parents;
    }

    /// <summary>From the gradients of base(s) and c(s') to that of the hidden layer, with the parameters' gradients on the way.</summary>
    private void BackwardMaps(float* parentGradient, int states)
    {
        var children = states - _roots;
        var childGradient = _stateGradient.Pointer + ((long)_roots * Stride);
        var childInput = MapInput.Pointer + ((long)_roots * Stride);
        var target = _fold is null ? _embeddingGradient : _inputGradient;
        target.Ensure((long)states * Stride);
        target.Clear(0, (long)states * Stride);
        if (_fold is not null)
        {
            Outer(_parentInput.Pointer, parentGradient, _parents, _fold.StateGradient);
            Outer(childInput, childGradient, children, _fold.ChildGradient);
            _fold.AddParameterGradients(_biasGradient.Pointer);
        }
        else
        {
            _stateMap.AddWeightGradient(_parentInput.Pointer, Stride, parentGradient, Stride, _parents);
            _childMap.AddWeightGradient(childInput, Stride, childGradient, Stride, children);
            Simd.Rows.Add(_stateMap.BiasGradient, _biasGradient.Pointer);
        }

        _products.Multiply(childGradient, Stride, _fold?.ChildTransposed ?? _childMap.PackedTransposed, target.Pointer + ((long)_roots * Stride), Stride, children);
        _contextGradient.Ensure((long)(_contextCount + (2 * _parents)) * Stride);
        var parentInputGradient = _contextGradient.Pointer + ((long)(_contextCount + _parents) * Stride);
        parentGradient = _codeMap is null ? parentGradient : _contextGradient.Pointer + ((long)_contextCount * Stride);
        new Span<float>(parentInputGradient, _parents * Stride).Clear();
        _products.Multiply(parentGradient, Stride, _fold?.StateTransposed ?? _stateMap.PackedTransposed, parentInputGradient, Stride, _parents);
        for (var parent = 0; parent < _parents; parent++)
        {
            Simd.Rows.Add(new Span<float>(target.Pointer + ((long)_stateOfParent[parent] * Stride), _padded), parentInputGradient + ((long)parent * Stride));
        }

        if (_fold is null)
        {
            _inputGradient.Ensure((long)states * Stride);
            _inputGradient.Clear(0, (long)states * Stride);
            _encoder.AddParameterGradients(_first.Activations.Pointer, Stride, target.Pointer, Stride, states);
            _encoder.AddInputGradient(target.Pointer, Stride, _inputGradient.Pointer, Stride, states);
        }
    }

    private void Outer(float* x, float* y, int rows, AlignedBuffer target)
    {
        target.Clear(0, (long)Shape.Width * _padded);
        _products.MultiplyTransposed(x, Stride, y, Stride, rows, target.Pointer, _padded, Shape.Width, _padded);
    }

    private static void Grow(ref int[] array, int index)
    {
        if (index >= array.Length)
        {
            Array.Resize(ref array, 2 * array.Length);
        }
    }
}
