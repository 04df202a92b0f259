using Tempera.Model.Networks;
using Tempera.Model.Spaces;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// An MLP [F (+ C), H, H, outputs] on states. A row is a distinct state, or where a code of beta is an input, a state in the
/// context of its beta. A pass begins, adds rows, computes what is new, and may then be differentiated as a whole.
/// </summary>
internal sealed unsafe class StateMlp : IDisposable
{
    private readonly PolicyNetworkShape _shape;
    private readonly StateTable _states = new();
    private readonly SparseLayer _first;
    private readonly DenseLayer? _code;
    private readonly DenseLayer _second;
    private readonly DenseLayer _output;
    private readonly AlignedBuffer _hidden = new();
    private readonly AlignedBuffer _hiddenGradient = new();
    private readonly AlignedBuffer _firstGradient = new();
    private readonly AlignedBuffer _outputs = new();
    private readonly AlignedBuffer _outputGradient = new();
    private readonly AlignedBuffer _contexts = new();
    private readonly AlignedBuffer _contextGradient = new();
    private int[] _rowOfState = new int[1024];
    private int[] _contextOfRow = new int[1024];
    private float* _codes;
    private int _codeStride;
    private int _contextCount;
    private int _computed;

    public StateMlp(PolicyNetworkShape shape, NetworkParameters parameters, IDesignSpace space, MatrixProducts products, WorkerTeam team, bool wide)
    {
        _shape = shape;
        _first = new SparseLayer(parameters, shape.Hidden[0], space, team, wide);
        _code = shape.HasCode
            ? new DenseLayer(parameters, products, shape.Hidden[0].Weight, shape.Features, PolicyNetworkShape.TemperatureWidth, null)
            : null;
        _second = new DenseLayer(parameters, products, shape.Hidden[1]);
        _output = new DenseLayer(parameters, products, shape.Output[0]);
        OutputStride = PackedMatrix.Pad(shape.Actions * shape.Rank);
    }

    /// <summary>Rows of the pass.</summary>
    public int Count { get; private set; }

    /// <summary>Row stride of outputs and of their gradient.</summary>
    public int OutputStride { get; }

    /// <summary>Takes the current weights.</summary>
    public void Refresh()
    {
        _first.Refresh();
        _code?.Refresh();
        _second.Refresh();
        _output.Refresh();
    }

    /// <summary>Empties the pass. Codes of beta are <c>[context, stride]</c>, not looked at where the network sees none.</summary>
    public void Begin(float* codes, int codeStride, int contexts)
    {
        _states.Clear();
        _first.Begin();
        _codes = codes;
        (_codeStride, _contextCount, _computed, Count) = (codeStride, contexts, 0, 0);
        if (_code is not null)
        {
            _contexts.Ensure((long)contexts * Stride);
            _code.Forward(codes, codeStride, _contexts.Pointer, Stride, contexts);
        }
    }

    /// <summary>The row of a state in a context; a new row is the last.</summary>
    public int Row(UInt128 state, int context)
    {
        var known = _states.Count;
        var id = _states.Add(state);
        if (_code is null && id < known)
        {
            return _rowOfState[id];
        }

        if (Count == _contextOfRow.Length)
        {
            Array.Resize(ref _contextOfRow, 2 * Count);
        }

        if (id == _rowOfState.Length)
        {
            Array.Resize(ref _rowOfState, 2 * id);
        }

        (_rowOfState[id], _contextOfRow[Count]) = (Count, context);
        _first.SetRow(Count, state);
        return Count++;
    }

    /// <summary>Computes the outputs of rows added since the last call.</summary>
    public void Compute()
    {
        var (first, end) = (_computed, Count);
        if (first == end)
        {
            return;
        }

        _first.Forward(first, end, _code is null ? null : _contexts.Pointer, _contextOfRow.AsSpan(0, Count));
        _hidden.Ensure((long)end * Stride);
        _outputs.Ensure((long)end * OutputStride);
        var hidden = _hidden.Pointer + ((long)first * Stride);
        _second.Forward(_first.Activations.Pointer + ((long)first * Stride), Stride, hidden, Stride, end - first);
        Rows.LeakyRelu(hidden, Stride, end - first, PackedMatrix.Pad(_shape.Width), SimdEngine.Slope);
        _output.Forward(hidden, Stride, _outputs.Pointer + ((long)first * OutputStride), OutputStride, end - first);
        _computed = end;
    }

    /// <summary>Outputs of a row for one action <c>[rank]</c>.</summary>
    public Span<float> Outputs(int row, int action = 0) =>
        new(_outputs.Pointer + ((long)row * OutputStride) + ((long)action * _shape.Rank), _shape.Rank);

    /// <summary>Clears the gradient of the outputs.</summary>
    public void BeginBackward() => Zero(_outputGradient, (long)Count * OutputStride);

    /// <summary>d loss / d outputs of a row for one action <c>[rank]</c>, added to by the caller before <see cref="Backward"/>.</summary>
    public Span<float> OutputGradient(int row, int action = 0) =>
        new(_outputGradient.Pointer + ((long)row * OutputStride) + ((long)action * _shape.Rank), _shape.Rank);

    /// <summary>Adds the parameters' gradients and, where a code is seen, d loss / d code.</summary>
    public void Backward(float* codeGradient, int codeStride)
    {
        var width = PackedMatrix.Pad(_shape.Width);
        Zero(_hiddenGradient, (long)Count * Stride);
        Zero(_firstGradient, (long)Count * Stride);
        _output.AddParameterGradients(_hidden.Pointer, Stride, _outputGradient.Pointer, OutputStride, Count);
        _output.AddInputGradient(_outputGradient.Pointer, OutputStride, _hiddenGradient.Pointer, Stride, Count);
        Rows.LeakyReluGradient(_hiddenGradient.Pointer, _hidden.Pointer, Stride, Count, width, SimdEngine.Slope);
        _second.AddParameterGradients(_first.Activations.Pointer, Stride, _hiddenGradient.Pointer, Stride, Count);
        _second.AddInputGradient(_hiddenGradient.Pointer, Stride, _firstGradient.Pointer, Stride, Count);
        _first.Backward(_firstGradient.Pointer, Count);
        if (_code is null)
        {
            return;
        }

        Zero(_contextGradient, (long)_contextCount * Stride);
        for (var row = 0; row < Count; row++)
        {
            Rows.Add(new Span<float>(_contextGradient.Pointer + ((long)_contextOfRow[row] * Stride), width), _firstGradient.Pointer + ((long)row * Stride));
        }

        _code.AddWeightGradient(_codes, _codeStride, _contextGradient.Pointer, Stride, _contextCount);
        _code.AddInputGradient(_contextGradient.Pointer, Stride, codeGradient, codeStride, _contextCount);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _first.Dispose();
        _code?.Dispose();
        _second.Dispose();
        _output.Dispose();
        foreach (var buffer in new[] { _hidden, _hiddenGradient, _firstGradient, _outputs, _outputGradient, _contexts, _contextGradient })
        {
            buffer.Dispose();
        }
    }

    private int Stride => _first.Stride;

    private static void Zero(AlignedBuffer buffer, long count)
    {
        buffer.Ensure(count);
        buffer.Clear(0, count);
    }
}
