using Tempera.Model.Networks;
using Tempera.Model.Random;
using Tempera.Model.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>
/// The engine on libtorch, for CUDA and for the CPU: autograd over a few large operations of fixed shape. Where the state graph
/// fits, its tables lie on the device and a trajectory is drawn there without the host; else each step uploads its states.
/// </summary>
/// <remarks>
/// Computes the functions of <see cref="Simd.SimdEngine"/> from the same parameters and random numbers; sums run in another
/// order, so values agree to rounding and not to the bit. Not thread safe: one caller at a time.
/// </remarks>
public sealed class TorchEngine : IResidentEngine
{
    private const int EvaluationChunk = 4096;
    private readonly IDesignSpace _space;
    private readonly TorchContext _context;
    private readonly TorchPolicy _forward;
    private readonly TorchPolicy _backward;
    private readonly TorchLogZ _logZ;
    private readonly HostVisits _forwardVisits;
    private readonly HostVisits _backwardVisits;
    private readonly StateTables? _tables;
    private readonly TorchPasses _passes;
    private readonly TorchTrajectories _trajectories;
    private readonly TorchParts _parts;
    private readonly OutOfMemoryGuard _guard;
    private readonly bool _isResident;
    private TorchTerms? _terms;
    private TrajectoryBatch? _batch;
    private int _version;
    private float[] _values = [];
    private bool _stale = true;

    /// <summary>Builds the engine; the native libraries must be loaded.</summary>
    /// <param name="space">The design space.</param>
    /// <param name="parameters">Parameters to compute with.</param>
    /// <param name="options">The device.</param>
    /// <param name="batch">Trajectories of a typical batch; decides which of two equal computations is cheaper.</param>
    public TorchEngine(IDesignSpace space, PolicyParameters parameters, TorchOptions options, int batch)
    {
        (_space, Parameters, _isResident) = (space, parameters, options.IsResident);
        _guard = new OutOfMemoryGuard(space, parameters.Architecture);
        _context = new TorchContext(options, Counters);
        var visits = batch * space.MaxSteps;
        _forward = new TorchPolicy(new EdgeDirection(space, true), parameters.Architecture, parameters.Forward, _context, visits * Math.Min(space.MaxChildren, 8) / 2);
        _backward = new TorchPolicy(new EdgeDirection(space, false), parameters.Architecture, parameters.Backward, _context, visits * Math.Min(space.MaxParents, 8) / 2);
        _logZ = new TorchLogZ(parameters, _context);
        _forwardVisits = Visits(_forward);
        _backwardVisits = Visits(_backward);
        _tables = StateTables.Build(_forward, _backward, _context, options.EffectiveTableBytes);
        _parts = new TorchParts(space, parameters, _forward, _forwardVisits, _context);
        _passes = new TorchPasses(_forward, _backward, _logZ, _forwardVisits, _backwardVisits, _tables, _parts);
        _trajectories = new TorchTrajectories(space, _forward, _backward, _forwardVisits, _backwardVisits, _tables, _context);
    }

    /// <inheritdoc/>
    public PolicyParameters Parameters { get; }

    /// <inheritdoc/>
    public EngineCounters Counters { get; } = new();

    /// <summary>States whose tables lie on the device; null where the space is too large for them.</summary>
    public int? TabledStates => _tables?.Count;

    /// <inheritdoc/>
    public void SampleForward(TrajectoryBatch batch, float epsilon, RandomStream random)
    {
        DrawForward(batch, epsilon, random);
        Fetch(batch);
    }

    /// <inheritdoc/>
    public void SampleBackward(TrajectoryBatch batch, ReadOnlySpan<UInt128> objects, RandomStream random)
    {
        DrawBackward(batch, objects, random);
        Fetch(batch);
    }

    /// <inheritdoc/>
    public void DrawForward(TrajectoryBatch batch, float epsilon, RandomStream random) => Guarded(batch.Count, () =>
    {
        Refresh();
        _trajectories.DrawForward(batch, epsilon, random);
    });

    /// <inheritdoc/>
    public void DrawBackward(TrajectoryBatch batch, ReadOnlySpan<UInt128> objects, RandomStream random)
    {
        batch.Count = objects.Length;
        _trajectories.SetObjects(objects);
        Guarded(batch.Count, () =>
        {
            Refresh();
            _trajectories.DrawBackward(batch, random);
        });
    }

    /// <inheritdoc/>
    public void Fetch(TrajectoryBatch batch) => Guarded(batch.Count, () => _trajectories.Fetch(batch));

    /// <inheritdoc/>
    public IResidentSteps? Reside(string objective, double huber, IReadOnlyList<IAdamState> optimizers) =>
        _isResident && _tables is not null && TorchTrajectoryBalance.Find(objective, huber) is { } resident
            ? new TorchSteps(this, _context, resident, Networks, optimizers)
            : null;

    /// <inheritdoc/>
    public void Evaluate(TrajectoryBatch batch, TrajectoryTerms terms) => Guarded(batch.Count, () =>
    {
        Forget();
        using var scope = NewDisposeScope();
        var kept = Compute(batch, terms.Parts).Keep();
        (_terms, _batch, _version) = (kept, batch, batch.Version);
        var (count, steps) = (batch.Count, batch.Count * batch.MaxSteps);
        var flat = kept.Flatten();
        var size = (int)flat.numel();
        _values = _values.Length < size ? new float[size] : _values;
        _context.Read(flat, _values.AsSpan(0, size));
        terms.Count = count;
        batch.Lengths.AsSpan(0, count).CopyTo(terms.Lengths);
        batch.Betas.AsSpan(0, count).CopyTo(terms.Betas);
        _values.AsSpan(0, steps).CopyTo(terms.LogForward);
        _values.AsSpan(steps, steps).CopyTo(terms.LogBackward);
        for (var b = 0; b < count; b++)
        {
            terms.LogZ[b] = Known(batch.Betas[b]) + _values[(2 * steps) + b];
        }

        Counters.ClampedLogits += (long)_values[(2 * steps) + count];
        Counters.Logits += (long)_values[(2 * steps) + count + 1];
        TermTransfer.Write(batch, terms, _values.AsSpan((2 * steps) + count + 2), _space, Known);
    });

    /// <inheritdoc/>
    public void Backward(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        if (_terms is not { } computed || _batch != batch || _version != batch.Version)
        {
            throw new InvalidOperationException("Backward follows Evaluate on the same batch; another batch was evaluated in between. Call Evaluate again.");
        }

        Guarded(batch.Count, () =>
        {
            using var scope = NewDisposeScope();
            var steps = batch.Count * batch.MaxSteps;
            ClearGradients();
            Propagate(
                (computed.Forward, terms.ForwardGradient.AsMemory(0, steps)), (computed.Backward, terms.BackwardGradient.AsMemory(0, steps)),
                (computed.LearnedLogZ, terms.LogZGradient.AsMemory(0, batch.Count)), (computed.Flow, TermTransfer.FlowGradient(batch, terms)),
                (computed.Inflow, TermTransfer.InflowGradient(batch, terms)), (computed.Potential, TermTransfer.PotentialGradient(batch, terms)));
            Array.ForEach(Networks, static network => network.DownloadGradient());
            Forget();
        });
    }

    /// <inheritdoc/>
    public void ParametersChanged()
    {
        _stale = true;
        Forget();
    }

    /// <inheritdoc/>
    public void ChildLogProbabilities(ReadOnlySpan<UInt128> states, float beta, Span<float> logProbabilities)
    {
        Refresh();
        using var grad = torch.no_grad();
        using var scope = NewDisposeScope();
        var codes = _forward.Codes(_context.Upload<float>([beta], ScalarType.Float32, 1));
        _forward.Scorer.BeginPass();
        for (var first = 0; first < states.Length; first += EvaluationChunk)
        {
            using var chunkScope = NewDisposeScope();
            var chunk = states[first..Math.Min(states.Length, first + EvaluationChunk)];
            _forwardVisits.Begin(1, chunk.Length);
            for (var i = 0; i < chunk.Length; i++)
            {
                _forwardVisits.Visit(i, chunk[i]);
            }

            var rows = _forwardVisits.Upload();
            var (parents, targets) = _forward.Encode(rows);
            var result = _forward.LogProbabilities(rows, codes, parents, targets).masked_fill(rows.Legal.view(1, chunk.Length, -1).logical_not(), float.NegativeInfinity);
            _context.Read(result, logProbabilities.Slice(first * _space.MaxChildren, chunk.Length * _space.MaxChildren));
        }
    }

    /// <inheritdoc/>
    public double LogZ(float beta)
    {
        Refresh();
        using var grad = torch.no_grad();
        using var scope = NewDisposeScope();
        Span<float> learned = stackalloc float[1];
        _context.Read(_logZ.Learned(_context.Upload<float>([beta], ScalarType.Float32, 1)), learned);
        return Known(beta) + learned[0];
    }

    /// <inheritdoc/>
    public (double Forward, double Backward)? LogitScales(float beta)
    {
        if (!Parameters.Architecture.Forward.HasScale)
        {
            return null;
        }

        Refresh();
        using var grad = torch.no_grad();
        using var scope = NewDisposeScope();
        var betas = _context.Upload<float>([beta], ScalarType.Float32, 1);
        return (Norm(_forward, betas), Norm(_backward, betas));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        _trajectories.Dispose();
        _tables?.Dispose();
        _forward.Dispose();
        _backward.Dispose();
        _logZ.Dispose();
        _parts.Dispose();
        _context.Dispose();
    }

    /// <summary>Runs work on a batch and explains it when memory is used up.</summary>
    internal void Guarded(int batch, Action work) => _guard.Run(batch, work);

    /// <summary>What the head adds to the known part of log Z <c>[1]</c>, double precision, in the current scope.</summary>
    internal Tensor LearnedLogZ(float beta)
    {
        Refresh();
        using var grad = torch.no_grad();
        return _logZ.Learned(_context.Upload<float>([beta], ScalarType.Float32, 1)).to_type(ScalarType.Float64);
    }

    /// <summary>State numbers of a batch that was drawn <c>[batch, step + 1]</c>.</summary>
    internal Tensor DrawnStates(TrajectoryBatch batch) => _trajectories.States(batch);

    /// <summary>Writes a batch's state numbers to the host.</summary>
    internal void Accept(TrajectoryBatch batch, ReadOnlySpan<double> numbers) => _trajectories.Accept(batch, numbers);

    /// <summary>Brings the weights to the host.</summary>
    internal void DownloadValues() => Array.ForEach(Networks, static network => network.DownloadValues());

    private TorchNetwork[] Networks => [_forward.Network, _backward.Network, _logZ.Network, .. _parts.Networks];

    private HostVisits Visits(TorchPolicy policy) => new(policy.Direction, policy.Scorer.SeesTargets, policy.Scorer.ListsActions, _context);

    /// <summary>The known part of log Z.</summary>
    internal double Known(float beta) => Parameters.LogZKnown.Intercept + (Parameters.LogZKnown.Slope * beta);

    /// <summary>The terms of a batch under the current parameters, in the current scope.</summary>
    internal TorchTerms Compute(TrajectoryBatch batch, TermParts parts = TermParts.None)
    {
        Refresh();
        var betas = _context.Upload<float>(batch.Betas.AsSpan(0, batch.Count), ScalarType.Float32, batch.Count);
        return _tables is null ? _passes.Compute(batch, betas, parts) : _passes.Compute(_trajectories.States(batch), betas, batch, parts);
    }

    /// <summary>Sets all gradients to zero.</summary>
    internal void ClearGradients()
    {
        foreach (var network in Networks)
        {
            network.ClearGradient();
        }
    }

    /// <summary>Carries the gradients of terms to the weights; a term that no weight stands behind is left out.</summary>
    private void Propagate(params ReadOnlySpan<(Tensor? Term, ReadOnlyMemory<float> Gradient)> terms)
    {
        List<Tensor> outputs = [];
        List<Tensor> gradients = [];
        foreach (var (term, gradient) in terms)
        {
            if (term is { requires_grad: true })
            {
                outputs.Add(term);
                gradients.Add(_context.Upload(gradient.Span, ScalarType.Float32, term.shape));
            }
        }

        torch.autograd.backward(outputs, gradients);
    }

    private double Norm(TorchPolicy policy, Tensor betas)
    {
        var scale = new float[Parameters.Architecture.Forward.Rank];
        _context.Read<float>(policy.Codes(betas).Scale!, scale);
        return scale.Length == 1 ? scale[0] : Math.Sqrt(scale.Sum(static factor => (double)factor * factor));
    }

    private void Forget()
    {
        _terms?.Dispose();
        (_terms, _batch) = (null, null);
    }

    private void Refresh()
    {
        if (_stale)
        {
            Array.ForEach(Networks, static network => network.Upload());
            _stale = false;
        }
    }
}
