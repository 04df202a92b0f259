using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tempera.Model.Networks;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// A linear map y = x W + b on rows of activations, with its vector-Jacobian products. W is <c>[in, out]</c>: some rows of a
/// weight slot, so that the maps of a concatenated input can be applied one by one.
/// </summary>
internal sealed unsafe class DenseLayer : IDisposable
{
    private readonly NetworkParameters _parameters;
    private readonly MatrixProducts _products;
    private readonly int _weight;
    private readonly int _bias;
    private readonly AlignedBuffer _paddedBias;
    private readonly AlignedBuffer _paddedGradient = new();

    public DenseLayer(NetworkParameters parameters, MatrixProducts products, ParameterSlot weight, int firstRow, int rows, ParameterSlot? bias)
    {
        (_parameters, _products) = (parameters, products);
        (Inputs, Outputs) = (rows, weight.Columns);
        _weight = weight.Offset + (firstRow * weight.Columns);
        _bias = bias?.Offset ?? -1;
        Packed = new PackedMatrix(Inputs, Outputs);
        PackedTransposed = new PackedMatrix(Outputs, Inputs);
        _paddedBias = new AlignedBuffer(Packed.PaddedColumns);
    }

    /// <summary>The whole of a linear map.</summary>
    public DenseLayer(NetworkParameters parameters, MatrixProducts products, LinearSlots slots)
        : this(parameters, products, slots.Weight, 0, slots.Weight.Rows, slots.Bias)
    {
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>W, for products from the right.</summary>
    public PackedMatrix Packed { get; }

    /// <summary>W^T, for products from the right.</summary>
    public PackedMatrix PackedTransposed { get; }

    /// <summary>W as it lies in the flat vector, row stride <see cref="Outputs"/>.</summary>
    public float* Weight => Pointer(_parameters.Values) + _weight;

    /// <summary>The weight's gradient in the flat vector, row stride <see cref="Outputs"/>.</summary>
    public float* WeightGradientPointer => Pointer(_parameters.Gradient) + _weight;

    /// <summary>The bias, padded with zeros to a multiple of 16.</summary>
    public float* Bias => _paddedBias.Pointer;

    /// <summary>The bias's gradient in the flat vector.</summary>
    public Span<float> BiasGradient => _parameters.Gradient.AsSpan(_bias, Outputs);

    /// <summary>Takes the current values.</summary>
    public void Refresh()
    {
        Packed.Pack(Weight, Outputs);
        PackedTransposed.PackTransposed(Weight, Outputs);
        if (_bias >= 0)
        {
            _parameters.Values.AsSpan(_bias, Outputs).CopyTo(new Span<float>(_paddedBias.Pointer, Outputs));
        }
    }

    /// <summary>y = b + x W.</summary>
    public void Forward(float* x, int ldx, float* y, int ldy, int rows)
    {
        Rows.Fill(y, ldy, rows, _paddedBias.Pointer, Packed.PaddedColumns);
        _products.Multiply(x, ldx, Packed, y, ldy, rows);
    }

    /// <summary>dx += dy W^T.</summary>
    public void AddInputGradient(float* dy, int ldy, float* dx, int ldx, int rows) =>
        _products.Multiply(dy, ldy, PackedTransposed, dx, ldx, rows);

    /// <summary>dW += x^T dy; db += column sums of dy.</summary>
    public void AddParameterGradients(float* x, int ldx, float* dy, int ldy, int rows)
    {
        AddWeightGradient(x, ldx, dy, ldy, rows);
        if (_bias >= 0)
        {
            var sums = BiasGradient;
            for (var row = 0; row < rows; row++)
            {
                Rows.Add(sums, dy + ((long)row * ldy));
            }
        }
    }

    /// <summary>dW += x^T dy.</summary>
    public void AddWeightGradient(float* x, int ldx, float* dy, int ldy, int rows)
    {
        var padded = Packed.PaddedColumns;
        if (padded == Outputs)
        {
            _products.MultiplyTransposed(x, ldx, dy, ldy, rows, WeightGradientPointer, Outputs, Inputs, Outputs);
            return;
        }

        _paddedGradient.Ensure((long)Inputs * padded);
        _paddedGradient.Clear(0, (long)Inputs * padded);
        _products.MultiplyTransposed(x, ldx, dy, ldy, rows, _paddedGradient.Pointer, padded, Inputs, padded);
        for (var row = 0; row < Inputs; row++)
        {
            Rows.Add(new Span<float>(WeightGradientPointer + ((long)row * Outputs), Outputs), _paddedGradient.Pointer + ((long)row * padded));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Packed.Dispose();
        PackedTransposed.Dispose();
        _paddedBias.Dispose();
        _paddedGradient.Dispose();
    }

    // Parameter arrays are allocated pinned, so the address never changes.
    internal static float* Pointer(float[] pinned) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
