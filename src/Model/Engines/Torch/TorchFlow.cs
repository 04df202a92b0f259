using Tempera.Model.Networks;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>The learned part of log F(s; beta): sum over k of f_k(beta) u_k(s), of the states that visits decide at.</summary>
internal sealed class TorchFlow : IDisposable
{
    private readonly TorchTemperature _temperature;
    private readonly TorchSaScorer _scorer;

    public TorchFlow(PolicyParameters parameters, TorchContext context)
    {
        var shape = parameters.Architecture.Flow!;
        Network = new TorchNetwork(parameters.Flow!, context);
        _temperature = new TorchTemperature(shape, Network, context, parameters.Architecture.BetaRange);
        _scorer = new TorchSaScorer(shape, Network, context);
    }

    /// <summary>The parameters on the device.</summary>
    public TorchNetwork Network { get; }

    /// <summary>Flows <c>[batch, step]</c>.</summary>
    public Tensor Learned(VisitRows rows, Tensor betas)
    {
        var codes = _temperature.Forward(betas);
        var outputs = _scorer.Score(rows, _scorer.EncodeParents(rows.Parents), null, codes.Codes).squeeze(2);
        return codes.Scale is { } scale ? (outputs * scale.unsqueeze(1)).sum(-1) : outputs.squeeze(-1);
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
