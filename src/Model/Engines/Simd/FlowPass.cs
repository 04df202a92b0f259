using Tempera.Model.Networks;
using Tempera.Model.Spaces;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// The flows of a batch: those of the inner states visited and, where asked for, those of every edge into a visited state,
/// which brings in parents that no trajectory visited. The root's flow is Z.
/// </summary>
/// <remarks>
/// Visits [batch, step] are numbered as P_F numbers them; those of parents, [batch, step, parent], come after them.
/// </remarks>
internal sealed class FlowPass(PolicyParameters parameters, IDesignSpace space, SimdPolicy forward, MatrixProducts products, WorkerTeam team, bool wide) : IDisposable
{
    private readonly FlowNetwork _network = new(parameters, space, products, team, wide);
    private readonly UInt128[] _parents = new UInt128[space.MaxParents];
    private float[] _logZGradient = [];

    /// <summary>Takes the current weights.</summary>
    public void Refresh() => _network.Refresh();

    /// <summary>Writes the flows; P_F's pass over the batch and log Z must be there.</summary>
    public void Evaluate(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        var hasInflows = terms.Has(TermParts.Inflows);
        var visits = batch.Count * batch.MaxSteps * (hasInflows ? 1 + space.MaxParents : 1);
        _network.Begin(batch.Betas.AsSpan(0, batch.Count), visits);
        for (var b = 0; b < batch.Count; b++)
        {
            for (var t = 1; t < batch.Lengths[b]; t++)
            {
                _network.Visit((b * batch.MaxSteps) + t, b, batch.Trajectory(b)[t]);
            }
        }

        if (hasInflows)
        {
            forward.Extend(visits);
            DeclareParents(batch);
        }

        _network.Compute();
        terms.LogFlow.AsSpan(0, batch.Count * (batch.MaxSteps + 1)).Clear();
        for (var b = 0; b < batch.Count; b++)
        {
            for (var t = 1; t < batch.Lengths[b]; t++)
            {
                terms.LogFlow[(b * (batch.MaxSteps + 1)) + t] = _network.Value((b * batch.MaxSteps) + t, b, batch.Betas[b]);
            }
        }

        if (hasInflows)
        {
            forward.Compute();
            EvaluateParents(batch, terms);
        }
    }

    /// <summary>
    /// Overwrites the flow network's gradient and adds the inflows' share to P_F's, which must be between its begin and its end.
    /// Returns the gradient of log Z, the share of the edges that leave the root included.
    /// </summary>
    public ReadOnlySpan<float> Backward(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        if (_logZGradient.Length < batch.Count)
        {
            _logZGradient = new float[batch.Count];
        }

        terms.LogZGradient.AsSpan(0, batch.Count).CopyTo(_logZGradient);
        _network.BeginBackward();
        for (var b = 0; b < batch.Count; b++)
        {
            for (var t = 1; t < batch.Lengths[b]; t++)
            {
                _network.AddGradient((b * batch.MaxSteps) + t, b, terms.FlowGradient[(b * (batch.MaxSteps + 1)) + t]);
            }
        }

        if (terms.Has(TermParts.Inflows))
        {
            BackwardParents(batch, terms);
        }

        _network.EndBackward();
        return _logZGradient.AsSpan(0, batch.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private ReadOnlySpan<UInt128> Parents(UInt128 state) => _parents.AsSpan(0, space.GetParents(state, _parents));

    private int ParentVisit(TrajectoryBatch batch, int visit) => (batch.Count * batch.MaxSteps) + (visit * space.MaxParents);

    private void DeclareParents(TrajectoryBatch batch)
    {
        for (var b = 0; b < batch.Count; b++)
        {
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var visit = ParentVisit(batch, (b * batch.MaxSteps) + t);
                foreach (var parent in Parents(batch.Trajectory(b)[t + 1]))
                {
                    forward.Visit(visit, b, parent);
                    if (parent != space.Root)
                    {
                        _network.Visit(visit, b, parent);
                    }

                    visit++;
                }
            }
        }
    }

    private void EvaluateParents(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        terms.LogInflow.AsSpan(0, batch.Count * batch.MaxSteps * terms.MaxParents).Fill(double.NegativeInfinity);
        for (var b = 0; b < batch.Count; b++)
        {
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var step = (b * batch.MaxSteps) + t;
                var child = batch.Trajectory(b)[t + 1];
                var parents = Parents(child);
                for (var i = 0; i < parents.Length; i++)
                {
                    var visit = ParentVisit(batch, step) + i;
                    forward.LogProbabilities(visit, b);
                    forward.Take(visit, forward.Targets(visit).IndexOf(child));
                    var flow = parents[i] == space.Root ? terms.LogZ[b] : _network.Value(visit, b, batch.Betas[b]);
                    terms.LogInflow[(step * terms.MaxParents) + i] = flow + forward.Taken(visit);
                }
            }
        }
    }

    private void BackwardParents(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        for (var b = 0; b < batch.Count; b++)
        {
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var step = (b * batch.MaxSteps) + t;
                var parents = Parents(batch.Trajectory(b)[t + 1]);
                for (var i = 0; i < parents.Length; i++)
                {
                    var visit = ParentVisit(batch, step) + i;
                    var gradient = terms.InflowGradient[(step * terms.MaxParents) + i];
                    forward.AddGradient(visit, b, gradient);
                    if (parents[i] == space.Root)
                    {
                        _logZGradient[b] += gradient;
                    }
                    else
                    {
                        _network.AddGradient(visit, b, gradient);
                    }
                }
            }
        }
    }
}
