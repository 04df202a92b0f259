using Tempera.Model.Networks;
using Tempera.Model.Spaces;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// Potentials phi(s -> s') of the edges of a batch's trajectories: an MLP on s with an output an action; of several actions
/// that lead to s', the first one speaks for the edge.
/// </summary>
internal sealed unsafe class PotentialNetwork : IDisposable
{
    private readonly NetworkParameters _network;
    private readonly IDesignSpace _space;
    private readonly StateMlp _mlp;
    private readonly UInt128[] _children;
    private readonly int[] _actions;
    private readonly int[] _edges;
    private int[] _visitRow = [];
    private int[] _visitAction = [];

    public PotentialNetwork(PolicyParameters parameters, IDesignSpace space, MatrixProducts products, WorkerTeam team, bool wide)
    {
        (_network, _space) = (parameters.Potential!, space);
        _mlp = new StateMlp(parameters.Architecture.Potential!, _network, space, products, team, wide);
        _children = new UInt128[space.MaxChildren];
        _actions = new int[space.ForwardActionCount];
        _edges = new int[space.ForwardActionCount];
    }

    /// <summary>Takes the current weights.</summary>
    public void Refresh() => _mlp.Refresh();

    /// <summary>Writes the potentials of a batch.</summary>
    public void Evaluate(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        var visits = batch.Count * batch.MaxSteps;
        if (_visitRow.Length < visits)
        {
            (_visitRow, _visitAction) = (new int[visits], new int[visits]);
        }

        _mlp.Begin(null, 0, 0);
        for (var b = 0; b < batch.Count; b++)
        {
            var trajectory = batch.Trajectory(b);
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var visit = (b * batch.MaxSteps) + t;
                (_visitRow[visit], _visitAction[visit]) = (_mlp.Row(trajectory[t], 0), Action(trajectory[t], trajectory[t + 1]));
            }
        }

        _mlp.Compute();
        terms.Potential.AsSpan(0, visits).Clear();
        for (var b = 0; b < batch.Count; b++)
        {
            for (var visit = b * batch.MaxSteps; visit < (b * batch.MaxSteps) + batch.Lengths[b]; visit++)
            {
                terms.Potential[visit] = _mlp.Outputs(_visitRow[visit], _visitAction[visit])[0];
            }
        }
    }

    /// <summary>Overwrites the network's gradient; follows <see cref="Evaluate"/> on the same batch.</summary>
    public void Backward(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        _network.ClearGradient();
        _mlp.BeginBackward();
        for (var b = 0; b < batch.Count; b++)
        {
            for (var visit = b * batch.MaxSteps; visit < (b * batch.MaxSteps) + batch.Lengths[b]; visit++)
            {
                _mlp.OutputGradient(_visitRow[visit], _visitAction[visit])[0] += terms.PotentialGradient[visit];
            }
        }

        _mlp.Backward(null, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _mlp.Dispose();

    private int Action(UInt128 state, UInt128 child)
    {
        var edge = _children.AsSpan(0, _space.GetChildren(state, _children)).IndexOf(child);
        var count = _space.GetForwardActions(state, _actions, _edges);
        return _actions[_edges.AsSpan(0, count).IndexOf(edge)];
    }
}
