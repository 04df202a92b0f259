namespace Tempera.Model.Engines.Simd;

/// <summary>
/// The encoder's second map and the two halves of the scorer's first have no activation between them, so their products
/// W2 Ws and W2 Wc are formed once for each parameter update: one H x H product a state in place of two.
/// </summary>
/// <remarks>Worth it when a pass has many more states than the four extra H x H x H products cost, see <see cref="Pays"/>.</remarks>
internal sealed unsafe class ScorerFold : IDisposable
{
    private readonly DenseLayer _encoder;
    private readonly DenseLayer _state;
    private readonly DenseLayer _child;
    private readonly MatrixProducts _products;
    private readonly AlignedBuffer _scratch;
    private readonly int _width;
    private readonly int _padded;

    public ScorerFold(DenseLayer encoder, DenseLayer state, DenseLayer child, MatrixProducts products)
    {
        (_encoder, _state, _child, _products) = (encoder, state, child, products);
        (_width, _padded) = (encoder.Outputs, PackedMatrix.Pad(encoder.Outputs));
        _scratch = new AlignedBuffer((long)_width * _padded);
        Bias = new AlignedBuffer(_padded);
        State = new PackedMatrix(_width, _width);
        StateTransposed = new PackedMatrix(_width, _width);
        Child = new PackedMatrix(_width, _width);
        ChildTransposed = new PackedMatrix(_width, _width);
        StateGradient = new AlignedBuffer((long)_width * _padded);
        ChildGradient = new AlignedBuffer((long)_width * _padded);
    }

    /// <summary>W2 Ws.</summary>
    public PackedMatrix State { get; }

    /// <summary>(W2 Ws)^T.</summary>
    public PackedMatrix StateTransposed { get; }

    /// <summary>W2 Wc.</summary>
    public PackedMatrix Child { get; }

    /// <summary>(W2 Wc)^T.</summary>
    public PackedMatrix ChildTransposed { get; }

    /// <summary>b2 (Ws + Wc) + b3, padded.</summary>
    public AlignedBuffer Bias { get; }

    /// <summary>d loss / d (W2 Ws), row stride padded.</summary>
    public AlignedBuffer StateGradient { get; }

    /// <summary>d loss / d (W2 Wc), row stride padded.</summary>
    public AlignedBuffer ChildGradient { get; }

    /// <summary>Whether folding saves work: six H^3 products an update against three H^2 products a state.</summary>
    public static bool Pays(int width, int expectedStates) => expectedStates > 3 * width;

    /// <summary>Takes the current weights; the layers must be fresh.</summary>
    public void Refresh()
    {
        Fold(_state, State, StateTransposed);
        Fold(_child, Child, ChildTransposed);
        new ReadOnlySpan<float>(_state.Bias, _padded).CopyTo(new Span<float>(Bias.Pointer, _padded));
        _products.Multiply(_encoder.Bias, _padded, _state.Packed, Bias.Pointer, _padded, 1);
        _products.Multiply(_encoder.Bias, _padded, _child.Packed, Bias.Pointer, _padded, 1);
    }

    /// <summary>Carries the gradients of the products, and of the bias <c>[H]</c>, to the three maps.</summary>
    public void AddParameterGradients(float* biasGradient)
    {
        Unfold(_state, StateGradient, biasGradient);
        Unfold(_child, ChildGradient, biasGradient);
        Rows.Add(_state.BiasGradient, biasGradient);
        _scratch.Clear(0, _padded);
        _products.Multiply(biasGradient, _padded, _state.PackedTransposed, _scratch.Pointer, _padded, 1);
        _products.Multiply(biasGradient, _padded, _child.PackedTransposed, _scratch.Pointer, _padded, 1);
        Rows.Add(_encoder.BiasGradient, _scratch.Pointer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var matrix in new[] { State, StateTransposed, Child, ChildTransposed })
        {
            matrix.Dispose();
        }

        foreach (var buffer in new[] { _scratch, Bias, StateGradient, ChildGradient })
        {
            buffer.Dispose();
        }
    }

    private void Fold(DenseLayer scorer, PackedMatrix product, PackedMatrix transposed)
    {
        _scratch.Clear(0, (long)_width * _padded);
        _products.Multiply(_encoder.Weight, _width, scorer.Packed, _scratch.Pointer, _padded, _width);
        product.Pack(_scratch.Pointer, _padded);
        transposed.PackTransposed(_scratch.Pointer, _padded);
    }

    private void Unfold(DenseLayer scorer, AlignedBuffer gradient, float* biasGradient)
    {
        // dW2 += dA W^T and dW += W2^T dA + b2^T db, for A = W2 W and b' = b2 W + ...
        _scratch.Clear(0, (long)_width * _padded);
        _products.Multiply(gradient.Pointer, _padded, scorer.PackedTransposed, _scratch.Pointer, _padded, _width);
        for (var row = 0; row < _width; row++)
        {
            Rows.Add(new Span<float>(_encoder.WeightGradientPointer + ((long)row * _width), _width), _scratch.Pointer + ((long)row * _padded));
        }

        scorer.AddWeightGradient(_encoder.Weight, _width, gradient.Pointer, _padded, _width);
        scorer.AddWeightGradient(_encoder.Bias, _padded, biasGradient, _padded, 1);
    }
}
