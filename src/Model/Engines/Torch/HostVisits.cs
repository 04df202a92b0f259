using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>
/// Gathers the visits of a pass on the host, each distinct state once, and uploads them: how spaces too large for
/// <see cref="StateTables"/> reach the device.
/// </summary>
internal sealed class HostVisits(EdgeDirection direction, bool seesTargets, bool listsActions, TorchContext context)
{
    private readonly int _edges = direction.MaxEdges;
    private readonly int _features = direction.Space.FeatureCount;
    private readonly StateTable _parents = new();
    private readonly StateTable _targets = new();
    private readonly UInt128[] _found = new UInt128[direction.MaxEdges];
    private readonly int[] _active = new int[direction.Space.MaxActiveFeatures];
    private readonly int[] _actions = new int[direction.ActionCount];
    private readonly int[] _edgeOfAction = new int[direction.ActionCount];
    private readonly Growing<byte> _parentFeatures = new();
    private readonly Growing<byte> _targetFeatures = new();
    private readonly Growing<int> _parentOf = new();
    private readonly Growing<int> _targetOf = new();
    private readonly Growing<byte> _legal = new();
    private readonly Growing<byte> _taken = new();
    private readonly Growing<byte> _alive = new();
    private readonly Growing<short> _actionEdges = new();
    private readonly Growing<UInt128> _visitTargets = new();
    private int _trajectories;
    private int _steps;

    /// <summary>Begins a pass over visits <c>[trajectories, steps]</c>, none of them alive.</summary>
    public void Begin(int trajectories, int steps)
    {
        (_trajectories, _steps) = (trajectories, steps);
        _parents.Clear();
        _targets.Clear();
        var visits = trajectories * steps;
        _parentOf.Clear(visits);
        _targetOf.Clear(seesTargets ? visits * _edges : 0);
        _taken.Clear(visits * _edges);
        _alive.Clear(visits);
        _visitTargets.Clear(visits * _edges);
        _actionEdges.Clear(listsActions ? visits * _actions.Length : 0);
        _actionEdges.Span.Fill(-1);
        _legal.Clear(visits * _edges);
        for (var visit = 0; visit < visits; visit++)
        {
            // What a visit that is not alive is made of: the first edge alone, of whatever state comes first.
            _legal.Span[visit * _edges] = 1;
            if (listsActions)
            {
                _actionEdges.Span[visit * _actions.Length] = 0;
            }
        }
    }

    /// <summary>Says that a visit decides at a state.</summary>
    public void Visit(int visit, UInt128 state)
    {
        var count = direction.GetTargets(state, _found);
        _alive.Span[visit] = 1;
        _parentOf.Span[visit] = Number(_parents, _parentFeatures, state);
        _found.AsSpan(0, count).CopyTo(_visitTargets.Span[(visit * _edges)..]);
        _legal.Span.Slice(visit * _edges, count).Fill(1);
        for (var edge = 0; seesTargets && edge < count; edge++)
        {
            _targetOf.Span[(visit * _edges) + edge] = Number(_targets, _targetFeatures, _found[edge]);
        }

        if (listsActions)
        {
            SetActions(visit, state);
        }
    }

    /// <summary>Where the edge of a visit leads.</summary>
    public UInt128 Target(int visit, int edge) => _visitTargets.Span[(visit * _edges) + edge];

    /// <summary>Says which edge a visit took.</summary>
    public void Take(int visit, UInt128 target) =>
        _taken.Span[(visit * _edges) + _visitTargets.Span.Slice(visit * _edges, _edges).IndexOf(target)] = 1;

    /// <summary>The visits on the device.</summary>
    public VisitRows Upload() => new()
    {
        Trajectories = _trajectories,
        Steps = _steps,
        Parents = Features(_parents, _parentFeatures),
        ParentOf = context.Upload<int>(_parentOf.Span, ScalarType.Int32, _parentOf.Count),
        Targets = seesTargets ? Features(_targets, _targetFeatures) : null,
        TargetOf = seesTargets ? context.Upload<int>(_targetOf.Span, ScalarType.Int32, _targetOf.Count) : null,
        Legal = context.Upload<byte>(_legal.Span, ScalarType.Bool, _parentOf.Count, _edges),
        ActionEdges = listsActions ? context.Upload<short>(_actionEdges.Span, ScalarType.Int16, _parentOf.Count, _actions.Length) : null,
    };

    /// <summary>The edge each visit took <c>[batch, step, edge]</c>, booleans; none of a visit that is not alive.</summary>
    public Tensor UploadTaken() => context.Upload<byte>(_taken.Span, ScalarType.Bool, _trajectories, _steps, _edges);

    /// <summary>Visits that decide <c>[batch, step]</c>, booleans.</summary>
    public Tensor UploadAlive() => context.Upload<byte>(_alive.Span, ScalarType.Bool, _trajectories, _steps);

    private Tensor Features(StateTable states, Growing<byte> features) =>
        context.Upload<byte>(features.Span[..(states.Count * _features)], ScalarType.Byte, states.Count, _features);

    private int Number(StateTable states, Growing<byte> features, UInt128 state)
    {
        var known = states.Count;
        var number = states.Add(state);
        if (number == known)
        {
            features.Extend((number + 1) * _features);
            var row = features.Span.Slice(number * _features, _features);
            row.Clear();
            foreach (var feature in _active.AsSpan(0, direction.Space.GetFeatures(state, _active)))
            {
                row[feature] = 1;
            }
        }

        return number;
    }

    private void SetActions(int visit, UInt128 state)
    {
        var row = _actionEdges.Span.Slice(visit * _actions.Length, _actions.Length);
        row.Fill(-1);
        for (var i = direction.GetActions(state, _actions, _edgeOfAction) - 1; i >= 0; i--)
        {
            row[_actions[i]] = (short)_edgeOfAction[i];
        }
    }
}
