using Tempera.Model.Engines.Simd;
using Tempera.Model.Networks;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>
/// State-to-state scorer: z(s) = LeakyReLU(phi(s) W1 + b1) W2 + b2 and u_k(s, s') = v_k . LeakyReLU( z(s) Ws + z(s') Wc
/// [+ code(beta) Wt] + b3 ) + b4; where a pass has many states, W2 Ws and W2 Wc are multiplied first (see <see cref="ScorerFold"/>).
/// </summary>
internal sealed class TorchSsrScorer : ITorchScorer
{
    private readonly TorchContext _context;
    private readonly TorchLinear _first;
    private readonly TorchLinear _second;
    private readonly TorchLinear _output;
    private readonly Tensor _stateMap;
    private readonly Tensor _targetMap;
    private readonly Tensor? _codeMap;
    private readonly Tensor _bias;
    private readonly bool _folds;
    private (Tensor State, Tensor Target, Tensor Bias)? _fold;

    public TorchSsrScorer(PolicyNetworkShape shape, TorchNetwork network, TorchContext context, int expectedStates)
    {
        var (width, scorer) = (shape.Width, shape.Output[0]);
        _context = context;
        _first = new TorchLinear(network.Weight(shape.Hidden[0].Weight), network.Bias(shape.Hidden[0].Bias));
        _second = new TorchLinear(network.Weight(shape.Hidden[1].Weight), network.Bias(shape.Hidden[1].Bias));
        _output = new TorchLinear(network.Weight(shape.Output[1].Weight), network.Bias(shape.Output[1].Bias));
        _stateMap = network.Weight(scorer.Weight, 0, width);
        _targetMap = network.Weight(scorer.Weight, width, width);
        _codeMap = shape.HasCode ? network.Weight(scorer.Weight, 2 * width, PolicyNetworkShape.TemperatureWidth) : null;
        _bias = network.Bias(scorer.Bias);
        _folds = ScorerFold.Pays(width, expectedStates);
    }

    public bool SeesTargets => true;

    public bool ListsActions => false;

    public void BeginPass()
    {
        if (_folds)
        {
            var both = _context.Linear(_second.Bias.unsqueeze(0), _stateMap + _targetMap, null).squeeze(0);
            _fold = (_context.Linear(_second.Weight, _stateMap, null), _context.Linear(_second.Weight, _targetMap, null), both + _bias);
        }
    }

    public Tensor EncodeParents(Tensor features)
    {
        var hidden = Hidden(features);
        return _fold is { } fold
            ? _context.Linear(hidden, fold.State, fold.Bias)
            : _context.Linear(_context.Linear(hidden, _second.Weight, _second.Bias), _stateMap, _bias);
    }

    public Tensor EncodeTargets(Tensor features)
    {
        var hidden = Hidden(features);
        return _fold is { } fold
            ? _context.Linear(hidden, fold.Target, null)
            : _context.Linear(_context.Linear(hidden, _second.Weight, _second.Bias), _targetMap, null);
    }

    public Tensor Score(VisitRows rows, Tensor parents, Tensor? targets, Tensor? codes)
    {
        var width = parents.size(1);
        parents = rows.ParentOf is null ? parents : parents.index_select(0, rows.ParentOf);
        targets = rows.TargetOf is null ? targets! : targets!.index_select(0, rows.TargetOf);
        parents = parents.view(rows.Trajectories, rows.Steps, 1, width);
        if (_codeMap is not null)
        {
            parents = parents + _context.Linear(codes!, _codeMap, null).view(rows.Trajectories, 1, 1, width);
        }

        var hidden = TorchContext.LeakyRelu(parents + targets.view(rows.Trajectories, rows.Steps, -1, width));
        var scores = _context.Linear(hidden.view(-1, width), _output.Weight, _output.Bias);
        return scores.view(rows.Trajectories, rows.Steps, -1, scores.size(1));
    }

    private Tensor Hidden(Tensor features) => TorchContext.LeakyRelu(_context.Linear(features.to_type(ScalarType.Float32), _first.Weight, _first.Bias));
}
