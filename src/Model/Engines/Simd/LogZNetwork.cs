using Tempera.Model.Networks;
using Tempera.Model.Settings;

namespace Tempera.Model.Engines.Simd;

/// <summary>log Z(beta): a known part, intercept + slope beta, plus an MLP on beta, or a scalar for an unconditional policy.</summary>
internal sealed unsafe class LogZNetwork : IDisposable
{
    private readonly PolicyParameters _parameters;
    private readonly DenseMlp? _mlp;

    public LogZNetwork(PolicyParameters parameters, MatrixProducts products)
    {
        _parameters = parameters;
        var maps = parameters.Architecture.LogZMaps;
        _mlp = maps.Length > 1 ? new DenseMlp(parameters.LogZ, products, maps) : null;
    }

    /// <summary>Takes the current weights.</summary>
    public void Refresh() => _mlp?.Refresh();

    /// <summary>Writes log Z of each beta.</summary>
    public void Forward(ReadOnlySpan<float> betas, Span<double> logZ)
    {
        if (_mlp is not null)
        {
            var input = _mlp.Input(betas.Length);
            for (var b = 0; b < betas.Length; b++)
            {
                input[(long)b * _mlp.InputStride] = _parameters.Architecture.BetaInput == BetaInput.Log ? MathF.Log(betas[b]) : betas[b];
            }

            _mlp.Forward(betas.Length);
        }

        var (intercept, slope) = _parameters.LogZKnown;
        for (var b = 0; b < betas.Length; b++)
        {
            var learned = _mlp is null ? _parameters.LogZ.Values[0] : _mlp.Output[(long)b * _mlp.OutputStride];
            logZ[b] = intercept + (slope * betas[b]) + learned;
        }
    }

    /// <summary>Overwrites the head's gradient; follows <see cref="Forward"/> on the same betas.</summary>
    public void Backward(ReadOnlySpan<float> gradients)
    {
        _parameters.LogZ.ClearGradient();
        if (_mlp is null)
        {
            foreach (var gradient in gradients)
            {
                _parameters.LogZ.Gradient[0] += gradient;
            }

            return;
        }

        var output = _mlp.OutputGradient(gradients.Length);
        for (var b = 0; b < gradients.Length; b++)
        {
            output[(long)b * _mlp.OutputStride] = gradients[b];
        }

        _mlp.Backward(gradients.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => _mlp?.Dispose();
}
