using Tempera.Model.Networks;
using Tempera.Model.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>What an objective may have beside the policies and log Z: flows of states, inflows of edges, potentials.</summary>
internal sealed class TorchParts : IDisposable
{
    private readonly IDesignSpace _space;
    private readonly TorchContext _context;
    private readonly TorchPolicy _forward;
    private readonly HostVisits _visits;
    private readonly TorchFlow? _flow;
    private readonly TorchPotential? _potential;
    private readonly UInt128[] _found;
    private readonly int[] _actions;
    private readonly int[] _edges;

    public TorchParts(IDesignSpace space, PolicyParameters parameters, TorchPolicy forward, HostVisits visits, TorchContext context)
    {
        (_space, _context, _forward, _visits) = (space, context, forward, visits);
        _flow = parameters.Flow is null ? null : new TorchFlow(parameters, context);
        _potential = parameters.Potential is null ? null : new TorchPotential(parameters, context);
        _found = new UInt128[Math.Max(space.MaxChildren, space.MaxParents)];
        (_actions, _edges) = (new int[space.ForwardActionCount], new int[space.ForwardActionCount]);
    }

    /// <summary>The networks there are.</summary>
    public IEnumerable<TorchNetwork> Networks => new[] { _flow?.Network, _potential?.Network }.OfType<TorchNetwork>();

    /// <summary>Adds the parts asked for to the terms of a batch on the host, whose P_F visits are given.</summary>
    public TorchTerms Add(TorchTerms terms, TermParts parts, TrajectoryBatch batch, VisitRows rows, Tensor betas) => terms with
    {
        Flow = parts.HasFlag(TermParts.Flows) ? Required(_flow).Learned(rows, betas) : null,
        Inflow = parts.HasFlag(TermParts.Inflows) ? Inflow(batch, betas, terms.LearnedLogZ) : null,
        Potential = parts.HasFlag(TermParts.Potentials) ? Required(_potential).Learned(rows, Actions(batch)) : null,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _flow?.Dispose();
        _potential?.Dispose();
    }

    /// <summary>log F(s) + log P_F(s_{t+1} | s), without the known part, of every parent s <c>[batch, step parent]</c>; the root's flow is Z.</summary>
    private Tensor Inflow(TrajectoryBatch batch, Tensor betas, Tensor learnedLogZ)
    {
        var width = batch.MaxSteps * _space.MaxParents;
        var roots = new byte[batch.Count * width];
        _visits.Begin(batch.Count, width);
        for (var b = 0; b < batch.Count; b++)
        {
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var child = batch.Trajectory(b)[t + 1];
                var visit = (b * width) + (t * _space.MaxParents);
                foreach (var parent in _found.AsSpan(0, _space.GetParents(child, _found)))
                {
                    roots[visit] = parent == _space.Root ? (byte)1 : (byte)0;
                    _visits.Visit(visit, parent);
                    _visits.Take(visit++, child);
                }
            }
        }

        var (rows, taken) = (_visits.Upload(), _visits.UploadTaken());
        var logForward = _forward.LogProbabilities(rows, _forward.Codes(betas)).masked_fill(taken.logical_not(), 0).sum(-1);
        var isRoot = _context.Upload<byte>(roots, ScalarType.Bool, batch.Count, width);
        return torch.where(isRoot, learnedLogZ.unsqueeze(1), Required(_flow).Learned(rows, betas)) + logForward;
    }

    /// <summary>The first action of each edge taken <c>[batch, step]</c>.</summary>
    private Tensor Actions(TrajectoryBatch batch)
    {
        var actions = new long[batch.Count * batch.MaxSteps];
        for (var b = 0; b < batch.Count; b++)
        {
            var trajectory = batch.Trajectory(b);
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var edge = _found.AsSpan(0, _space.GetChildren(trajectory[t], _found)).IndexOf(trajectory[t + 1]);
                var count = _space.GetForwardActions(trajectory[t], _actions, _edges);
                actions[(b * batch.MaxSteps) + t] = _actions[_edges.AsSpan(0, count).IndexOf(edge)];
            }
        }

        return _context.Upload<long>(actions, ScalarType.Int64, batch.Count, batch.MaxSteps);
    }

    private static T Required<T>(T? network)
        where T : class => network ?? throw new InvalidOperationException("The terms ask for a part that the parameters have no network for. Lay the architecture out for the same objective.");
}
