using Tempera.Model.Networks;
using Tempera.Model.Settings;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// What a policy network is told of beta: a code <c>[batch, 32]</c>, learned or a thermometer, and the logit scale
/// f(beta) <c>[batch, rank]</c>, 1 where the conditioning has none.
/// </summary>
internal sealed unsafe class TemperatureCode : IDisposable
{
    private readonly PolicyNetworkShape _shape;
    private readonly (float Minimum, float Maximum) _range;
    private readonly DenseMlp? _code;
    private readonly DenseMlp? _scale;
    private readonly AlignedBuffer _thermometer = new();
    private readonly AlignedBuffer _codeGradient = new();
    private readonly float[] _one = [1];
    private float[] _scaleGradient = [];
    private int _count;

    public TemperatureCode(PolicyNetworkShape shape, NetworkParameters parameters, MatrixProducts products, (float Minimum, float Maximum) range)
    {
        (_shape, _range) = (shape, range);
        _code = shape.HasLearnedCode ? new DenseMlp(parameters, products, shape.Code) : null;
        _scale = shape.HasScale ? new DenseMlp(parameters, products, shape.Scale) : null;
    }

    /// <summary>Row stride of <see cref="Codes"/>.</summary>
    public static int CodeStride => PackedMatrix.Pad(PolicyNetworkShape.TemperatureWidth);

    /// <summary>Codes for the scorer; null where it sees none.</summary>
    public float* Codes => !_shape.HasCode ? null : _code is not null ? _code.Output : _thermometer.Pointer;

    /// <summary>d loss / d code, added to by the scorer.</summary>
    public float* CodeGradient => _codeGradient.Pointer;

    /// <summary>f(beta) of an element <c>[rank]</c>.</summary>
    public ReadOnlySpan<float> Scale(int b) => _scale is null ? _one : new ReadOnlySpan<float>(_scale.Output + ((long)b * _scale.OutputStride), _shape.Rank);

    /// <summary>d loss / d f(beta) of an element <c>[rank]</c>, added to by the caller.</summary>
    public Span<float> ScaleGradient(int b) => _scaleGradient.AsSpan(b * _shape.Rank, _shape.Rank);

    /// <summary>Takes the current weights.</summary>
    public void Refresh()
    {
        _code?.Refresh();
        _scale?.Refresh();
    }

    /// <summary>Computes codes and scales.</summary>
    public void Forward(ReadOnlySpan<float> betas)
    {
        _count = betas.Length;
        if (_shape.Conditioning == Conditioning.Thermometer)
        {
            FillThermometer(betas);
        }

        if (_code is null)
        {
            return;
        }

        var input = _code.Input(_count);
        for (var b = 0; b < _count; b++)
        {
            input[(long)b * _code.InputStride] = _shape.BetaInput == BetaInput.Log ? MathF.Log(betas[b]) : betas[b];
        }

        _code.Forward(_count);
        if (_scale is not null)
        {
            new ReadOnlySpan<float>(_code.Output, _count * CodeStride).CopyTo(new Span<float>(_scale.Input(_count), _count * CodeStride));
            _scale.Forward(_count);
        }
    }

    /// <summary>Clears the gradients of codes and scales.</summary>
    public void BeginBackward()
    {
        _codeGradient.Ensure((long)_count * CodeStride);
        _codeGradient.Clear(0, (long)_count * CodeStride);
        if (_scaleGradient.Length < _count * _shape.Rank)
        {
            _scaleGradient = new float[_count * _shape.Rank];
        }

        _scaleGradient.AsSpan(0, _count * _shape.Rank).Clear();
    }

    /// <summary>Adds the parameters' gradients.</summary>
    public void Backward()
    {
        if (_code is null)
        {
            return;
        }

        if (_scale is not null)
        {
            var gradient = _scale.OutputGradient(_count);
            for (var b = 0; b < _count; b++)
            {
                ScaleGradient(b).CopyTo(new Span<float>(gradient + ((long)b * _scale.OutputStride), _shape.Rank));
            }

            _scale.Backward(_count);
            Rows.Add(new Span<float>(_codeGradient.Pointer, _count * CodeStride), _scale.InputGradient);
        }

        new ReadOnlySpan<float>(_codeGradient.Pointer, _count * CodeStride).CopyTo(new Span<float>(_code.OutputGradient(_count), _count * CodeStride));
        _code.Backward(_count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _code?.Dispose();
        _scale?.Dispose();
        _thermometer.Dispose();
        _codeGradient.Dispose();
    }

    /// <summary>Bin k of 32 fills up from 0 to 1 while beta crosses the k-th part of the range; outside the range the code is constant.</summary>
    private void FillThermometer(ReadOnlySpan<float> betas)
    {
        const int bins = PolicyNetworkShape.TemperatureWidth;
        _thermometer.Ensure((long)_count * CodeStride);
        var gap = Math.Max((_range.Maximum - _range.Minimum) / bins, 1e-6f);
        for (var b = 0; b < _count; b++)
        {
            for (var bin = 0; bin < bins; bin++)
            {
                _thermometer.Pointer[((long)b * CodeStride) + bin] = Math.Clamp((betas[b] - _range.Minimum - (bin * gap)) / gap, 0, 1);
            }
        }
    }
}
