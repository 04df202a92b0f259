using Tempera.Model.Networks;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>State-action scorer: an MLP [F (+ C), H, H, actions k] on the state and, where asked for, the code of beta.</summary>
internal sealed class TorchSaScorer : ITorchScorer
{
    private readonly TorchContext _context;
    private readonly PolicyNetworkShape _shape;
    private readonly TorchLinear _first;
    private readonly TorchLinear[] _rest;
    private readonly Tensor? _codeMap;

    public TorchSaScorer(PolicyNetworkShape shape, TorchNetwork network, TorchContext context)
    {
        (_shape, _context) = (shape, context);
        var (weight, bias) = shape.Hidden[0];
        _first = new TorchLinear(network.Weight(weight, 0, shape.Features), network.Bias(bias));
        _codeMap = shape.HasCode ? network.Weight(weight, shape.Features, PolicyNetworkShape.TemperatureWidth) : null;
        _rest = network.Leaves([shape.Hidden[1], shape.Output[0]]);
    }

    public bool SeesTargets => false;

    public bool ListsActions => true;

    public void BeginPass()
    {
    }

    public Tensor EncodeParents(Tensor features)
    {
        var first = _context.Linear(features.to_type(ScalarType.Float32), _first.Weight, _first.Bias);
        return _codeMap is null ? Rest(first) : first;
    }

    public Tensor EncodeTargets(Tensor features) =>
        throw new InvalidOperationException("A state-action scorer does not look at the states that actions lead to. Ask SeesTargets first.");

    public Tensor Score(VisitRows rows, Tensor parents, Tensor? targets, Tensor? codes)
    {
        parents = rows.ParentOf is null ? parents : parents.index_select(0, rows.ParentOf);
        if (_codeMap is not null)
        {
            var width = parents.size(1);
            var code = _context.Linear(codes!, _codeMap, null).view(rows.Trajectories, 1, width);
            parents = Rest((parents.view(rows.Trajectories, rows.Steps, width) + code).view(-1, width));
        }

        return parents.view(rows.Trajectories, rows.Steps, _shape.Actions, _shape.Rank);
    }

    private Tensor Rest(Tensor first) => TorchLinear.Mlp(_context, _rest, TorchContext.LeakyRelu(first));
}
