using Tempera.Model.Networks;

namespace Tempera.Model.Engines.Simd;

/// <summary>A small MLP with LeakyReLU between its maps and none after the last; keeps the activations of its last forward pass.</summary>
internal sealed unsafe class DenseMlp : IDisposable
{
    private readonly DenseLayer[] _layers;
    private readonly AlignedBuffer[] _activations;
    private readonly AlignedBuffer[] _gradients;

    public DenseMlp(NetworkParameters parameters, MatrixProducts products, LinearSlots[] maps)
    {
        _layers = Array.ConvertAll(maps, map => new DenseLayer(parameters, products, map));
        _activations = Array.ConvertAll(new int[maps.Length + 1], _ => new AlignedBuffer());
        _gradients = Array.ConvertAll(new int[maps.Length + 1], _ => new AlignedBuffer());
    }

    /// <summary>Row stride of the input.</summary>
    public int InputStride => PackedMatrix.Pad(_layers[0].Inputs);

    /// <summary>Row stride of the output.</summary>
    public int OutputStride => PackedMatrix.Pad(_layers[^1].Outputs);

    /// <summary>The last output <c>[row, out]</c>.</summary>
    public float* Output => _activations[^1].Pointer;

    /// <summary>d loss / d input of the last backward pass.</summary>
    public float* InputGradient => _gradients[0].Pointer;

    /// <summary>Takes the current weights.</summary>
    public void Refresh()
    {
        foreach (var layer in _layers)
        {
            layer.Refresh();
        }
    }

    /// <summary>Room for the input of a number of rows; the caller fills it before <see cref="Forward"/>.</summary>
    public float* Input(int rows) => _activations[0].Ensure((long)rows * InputStride);

    /// <summary>Computes the output of a number of rows.</summary>
    public void Forward(int rows)
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            var (strideIn, strideOut) = (PackedMatrix.Pad(_layers[i].Inputs), PackedMatrix.Pad(_layers[i].Outputs));
            _activations[i + 1].Ensure((long)rows * strideOut);
            _layers[i].Forward(_activations[i].Pointer, strideIn, _activations[i + 1].Pointer, strideOut, rows);
            if (i + 1 < _layers.Length)
            {
                Rows.LeakyRelu(_activations[i + 1].Pointer, strideOut, rows, strideOut, SimdEngine.Slope);
            }
        }
    }

    /// <summary>Room for d loss / d output of a number of rows, cleared; the caller adds to it before <see cref="Backward"/>.</summary>
    public float* OutputGradient(int rows)
    {
        _gradients[^1].Ensure((long)rows * OutputStride);
        _gradients[^1].Clear(0, (long)rows * OutputStride);
        return _gradients[^1].Pointer;
    }

    /// <summary>Adds the parameters' gradients and computes <see cref="InputGradient"/>.</summary>
    public void Backward(int rows)
    {
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            var (strideIn, strideOut) = (PackedMatrix.Pad(_layers[i].Inputs), PackedMatrix.Pad(_layers[i].Outputs));
            _layers[i].AddParameterGradients(_activations[i].Pointer, strideIn, _gradients[i + 1].Pointer, strideOut, rows);
            _gradients[i].Ensure((long)rows * strideIn);
            _gradients[i].Clear(0, (long)rows * strideIn);
            _layers[i].AddInputGradient(_gradients[i + 1].Pointer, strideOut, _gradients[i].Pointer, strideIn, rows);
            if (i > 0)
            {
                Rows.LeakyReluGradient(_gradients[i].Pointer, _activations[i].Pointer, strideIn, rows, strideIn, SimdEngine.Slope);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_layers, layer => layer.Dispose());
        Array.ForEach(_activations, buffer => buffer.Dispose());
        Array.ForEach(_gradients, buffer => buffer.Dispose());
    }
}
