using Tempera.Model.Networks;
using Tempera.Model.Settings;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>The learned part of log Z(beta): an MLP on beta, or a scalar for an unconditional policy.</summary>
internal sealed class TorchLogZ : IDisposable
{
    private readonly TorchContext _context;
    private readonly TorchLinear[] _maps;
    private readonly Tensor? _scalar;
    private readonly BetaInput _input;

    public TorchLogZ(PolicyParameters parameters, TorchContext context)
    {
        (_context, _input) = (context, parameters.Architecture.BetaInput);
        Network = new TorchNetwork(parameters.LogZ, context);
        var maps = parameters.Architecture.LogZMaps;
        _maps = maps.Length > 1 ? Network.Leaves(maps) : [];
        _scalar = maps.Length > 1 ? null : Network.Bias(maps[0].Bias);
    }

    /// <summary>The parameters on the device.</summary>
    public TorchNetwork Network { get; }

    /// <summary>What the head adds to the known part, for betas <c>[batch]</c>.</summary>
    public Tensor Learned(Tensor betas) =>
        _scalar is not null ? _scalar.expand(betas.size(0)) : TorchLinear.Mlp(_context, _maps, (_input == BetaInput.Log ? betas.log() : betas).unsqueeze(1)).squeeze(1);

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
