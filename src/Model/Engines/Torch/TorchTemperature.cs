using Tempera.Model.Networks;
using Tempera.Model.Settings;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>What a pass tells a policy of its betas.</summary>
/// <param name="Codes">Codes for the scorer <c>[batch, 32]</c>; null where it sees none.</param>
/// <param name="Scale">f(beta) <c>[batch, rank]</c>; null where logits are not scaled.</param>
internal readonly record struct TorchCodes(Tensor? Codes, Tensor? Scale);

/// <summary>Codes of beta, learned or a thermometer, and logit scales. See <see cref="PolicyNetworkShape"/>.</summary>
internal sealed class TorchTemperature(PolicyNetworkShape shape, TorchNetwork network, TorchContext context, (float Minimum, float Maximum) range)
{
    private readonly TorchLinear[] _code = shape.HasLearnedCode ? network.Leaves(shape.Code) : [];
    private readonly TorchLinear[] _scale = shape.HasScale ? network.Leaves(shape.Scale) : [];

    /// <summary>Computes codes and scales of betas <c>[batch]</c>.</summary>
    public TorchCodes Forward(Tensor betas)
    {
        if (shape.Conditioning == Conditioning.Thermometer)
        {
            return new TorchCodes(Thermometer(betas), null);
        }

        if (_code.Length == 0)
        {
            return default;
        }

        var code = TorchLinear.Mlp(context, _code, (shape.BetaInput == BetaInput.Log ? betas.log() : betas).unsqueeze(1));
        return new TorchCodes(shape.HasCode ? code : null, _scale.Length == 0 ? null : TorchLinear.Mlp(context, _scale, code));
    }

    /// <summary>Bin k of 32 fills up from 0 to 1 while beta crosses the k-th part of the range.</summary>
    private Tensor Thermometer(Tensor betas)
    {
        var gap = Math.Max((range.Maximum - range.Minimum) / PolicyNetworkShape.TemperatureWidth, 1e-6f);
        return ((betas.unsqueeze(1) - range.Minimum - (context.Bins * gap)) / gap).clamp(0, 1);
    }
}
