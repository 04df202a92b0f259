using Tempera.Model.Networks;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>Potentials of edges: an MLP on the state with an output an action.</summary>
internal sealed class TorchPotential : IDisposable
{
    private readonly TorchSaScorer _scorer;

    public TorchPotential(PolicyParameters parameters, TorchContext context)
    {
        Network = new TorchNetwork(parameters.Potential!, context);
        _scorer = new TorchSaScorer(parameters.Architecture.Potential!, Network, context);
    }

    /// <summary>The parameters on the device.</summary>
    public TorchNetwork Network { get; }

    /// <summary>Potentials of given actions <c>[batch, step]</c>.</summary>
    public Tensor Learned(VisitRows rows, Tensor actions) =>
        _scorer.Score(rows, _scorer.EncodeParents(rows.Parents), null, null).squeeze(-1).gather(2, actions.unsqueeze(-1)).squeeze(-1);

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
