using System.Runtime.Intrinsics;
using Tempera.Model.Networks;
using Tempera.Model.Random;
using Tempera.Model.Spaces;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// The CPU engine: hand-written forward and backward passes on 512-bit or 256-bit vectors, no native library. It computes
/// each distinct state once a pass, reuses the activations of a rollout for the gradient step that follows on the same
/// parameters, allocates nothing once its buffers have grown, and gives the same bits for any number of threads and either
/// vector width.
/// </summary>
public sealed class SimdEngine : IPolicyEngine
{
    /// <summary>Slope of LeakyReLU for negative inputs.</summary>
    public const float Slope = 0.01f;

    private const int EvaluationChunk = 1024;
    private readonly IDesignSpace _space;
    private readonly WorkerTeam _team;
    private readonly SimdPolicy _forward;
    private readonly SimdPolicy _backward;
    private readonly LogZNetwork _logZ;
    private readonly FlowPass? _flows;
    private readonly PotentialNetwork? _potentials;
    private readonly UInt128[] _root;
    private TrajectoryBatch? _forwardBatch;
    private TrajectoryBatch? _backwardBatch;
    private int _forwardVersion;
    private int _backwardVersion;
    private UInt128[] _objects = [];
    private bool _stale = true;

    /// <summary>Builds the engine.</summary>
    /// <param name="space">The design space.</param>
    /// <param name="parameters">Parameters to compute with.</param>
    /// <param name="threads">Threads, the caller's included; 0 takes the machine's processors.</param>
    /// <param name="batch">Trajectories of a typical batch; decides which of two equal computations is cheaper.</param>
    public SimdEngine(IDesignSpace space, PolicyParameters parameters, int threads, int batch)
        : this(space, parameters, threads, batch, Vector512.IsHardwareAccelerated)
    {
    }

    internal SimdEngine(IDesignSpace space, PolicyParameters parameters, int threads, int batch, bool wide)
    {
        (_space, Parameters) = (space, parameters);
        _root = [space.Root];
        _team = new WorkerTeam(threads == 0 ? Environment.ProcessorCount : threads);
        var products = new MatrixProducts(_team, wide, Counters);
        var architecture = parameters.Architecture;
        var visits = batch * space.MaxSteps;
        _forward = new SimdPolicy(space, true, architecture, parameters.Forward, products, _team, Counters, wide, visits * Math.Min(space.MaxChildren, 8) / 2);
        _backward = new SimdPolicy(space, false, architecture, parameters.Backward, products, _team, Counters, wide, visits * Math.Min(space.MaxParents, 8) / 2);
        _logZ = new LogZNetwork(parameters, products);
        _flows = parameters.Flow is null ? null : new FlowPass(parameters, space, _forward, products, _team, wide);
        _potentials = parameters.Potential is null ? null : new PotentialNetwork(parameters, space, products, _team, wide);
    }

    /// <inheritdoc/>
    public PolicyParameters Parameters { get; }

    /// <inheritdoc/>
    public EngineCounters Counters { get; } = new();

    /// <inheritdoc/>
    public void SampleForward(TrajectoryBatch batch, float epsilon, RandomStream random)
    {
        Refresh();
        var (count, steps) = (batch.Count, batch.MaxSteps);
        _forward.Begin(batch.Betas.AsSpan(0, count), count * steps, _root);
        for (var b = 0; b < count; b++)
        {
            batch.Trajectory(b)[0] = _space.Root;
            batch.Lengths[b] = 0;
        }

        for (var t = 0; t < steps; t++)
        {
            if (!DeclareStep(_forward, batch, t))
            {
                break;
            }

            _forward.Compute();
            for (var b = 0; b < count; b++)
            {
                if (batch.Lengths[b] == t && !_space.IsTerminal(batch.Trajectory(b)[t]))
                {
                    var visit = (b * steps) + t;
                    var edge = Choose(_forward.LogProbabilities(visit, b), epsilon, random, (ulong)visit);
                    _forward.Take(visit, edge);
                    batch.Trajectory(b)[t + 1] = _forward.Targets(visit)[edge];
                    batch.Lengths[b] = t + 1;
                }
            }
        }

        batch.Version++;
        (_forwardBatch, _forwardVersion) = (batch, batch.Version);
    }

    /// <inheritdoc/>
    public void SampleBackward(TrajectoryBatch batch, ReadOnlySpan<UInt128> objects, RandomStream random)
    {
        Refresh();
        var (count, steps) = (objects.Length, batch.MaxSteps);
        batch.Count = count;
        _backward.Begin(batch.Betas.AsSpan(0, count), count * steps, objects);

        // Trajectories grow from the object towards the root at the end of the row, then move to the front: visit
        // steps - 1 - k is the k-th backward step until the lengths are known.
        for (var b = 0; b < count; b++)
        {
            batch.Trajectory(b)[steps] = objects[b];
            batch.Lengths[b] = 0;
        }

        for (var k = 0; k < steps; k++)
        {
            var any = false;
            for (var b = 0; b < count; b++)
            {
                var state = batch.Trajectory(b)[steps - k];
                if (batch.Lengths[b] == k && state != _space.Root)
                {
                    _backward.Visit((b * steps) + steps - 1 - k, b, state);
                    any = true;
                }
            }

            if (!any)
            {
                break;
            }

            _backward.Compute();
            for (var b = 0; b < count; b++)
            {
                if (batch.Lengths[b] == k && batch.Trajectory(b)[steps - k] != _space.Root)
                {
                    var visit = (b * steps) + steps - 1 - k;
                    var edge = Choose(_backward.LogProbabilities(visit, b), 0, random, (ulong)visit);
                    _backward.Take(visit, edge);
                    batch.Trajectory(b)[steps - 1 - k] = _backward.Targets(visit)[edge];
                    batch.Lengths[b] = k + 1;
                }
            }
        }

        var full = true;
        for (var b = 0; b < count; b++)
        {
            var length = batch.Lengths[b];
            full &= length == steps;
            batch.Trajectory(b)[(steps - length)..].CopyTo(batch.Trajectory(b));
        }

        // Visits of shorter trajectories moved, so their activations would have to be found anew: only whole rows are reused.
        batch.Version++;
        (_backwardBatch, _backwardVersion) = (full ? batch : null, batch.Version);
    }

    /// <inheritdoc/>
    public void Evaluate(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        Refresh();
        var count = batch.Count;
        terms.Count = count;
        batch.Lengths.AsSpan(0, count).CopyTo(terms.Lengths);
        batch.Betas.AsSpan(0, count).CopyTo(terms.Betas);
        if (_forwardBatch != batch || _forwardVersion != batch.Version)
        {
            Pass(_forward, batch, forward: true);
            (_forwardBatch, _forwardVersion) = (batch, batch.Version);
        }

        if (_backwardBatch != batch || _backwardVersion != batch.Version)
        {
            Pass(_backward, batch, forward: false);
            (_backwardBatch, _backwardVersion) = (batch, batch.Version);
        }

        terms.LogForward.AsSpan(0, count * batch.MaxSteps).Clear();
        terms.LogBackward.AsSpan(0, count * batch.MaxSteps).Clear();
        for (var b = 0; b < count; b++)
        {
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var visit = (b * batch.MaxSteps) + t;
                terms.LogForward[visit] = _forward.Taken(visit);
                terms.LogBackward[visit] = _backward.Taken(visit);
            }
        }

        _logZ.Forward(batch.Betas.AsSpan(0, count), terms.LogZ);
        if (terms.Has(TermParts.Flows))
        {
            Required(_flows).Evaluate(batch, terms);
        }

        if (terms.Has(TermParts.Potentials))
        {
            Required(_potentials).Evaluate(batch, terms);
        }
    }

    /// <inheritdoc/>
    public void Backward(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        if (_forwardBatch != batch || _backwardBatch != batch)
        {
            throw new InvalidOperationException("Backward follows Evaluate on the same batch; another batch was evaluated in between. Call Evaluate again.");
        }

        var (count, steps) = (batch.Count, batch.MaxSteps);
        _forward.BeginBackward();
        _forward.AddGradients(terms.ForwardGradient, count, steps, batch.Lengths);
        var logZGradient = terms.Has(TermParts.Flows) ? Required(_flows).Backward(batch, terms) : terms.LogZGradient.AsSpan(0, count);
        _forward.EndBackward();
        _backward.BeginBackward();
        _backward.AddGradients(terms.BackwardGradient, count, steps, batch.Lengths);
        _backward.EndBackward();
        _logZ.Backward(logZGradient);
        if (terms.Has(TermParts.Potentials))
        {
            Required(_potentials).Backward(batch, terms);
        }
    }

    /// <inheritdoc/>
    public void ParametersChanged()
    {
        _stale = true;
        (_forwardBatch, _backwardBatch) = (null, null);
    }

    /// <inheritdoc/>
    public void ChildLogProbabilities(ReadOnlySpan<UInt128> states, float beta, Span<float> logProbabilities)
    {
        Refresh();
        _forwardBatch = null;
        logProbabilities[..(states.Length * _space.MaxChildren)].Fill(float.NegativeInfinity);
        for (var first = 0; first < states.Length; first += EvaluationChunk)
        {
            var chunk = states[first..Math.Min(states.Length, first + EvaluationChunk)];
            _forward.Begin([beta], chunk.Length, default);
            for (var i = 0; i < chunk.Length; i++)
            {
                _forward.Visit(i, 0, chunk[i]);
            }

            _forward.Compute();
            for (var i = 0; i < chunk.Length; i++)
            {
                _forward.LogProbabilities(i, 0).CopyTo(logProbabilities[((first + i) * _space.MaxChildren)..]);
            }
        }
    }

    /// <inheritdoc/>
    public double LogZ(float beta)
    {
        Refresh();
        Span<double> logZ = stackalloc double[1];
        _logZ.Forward([beta], logZ);
        return logZ[0];
    }

    /// <inheritdoc/>
    public (double Forward, double Backward)? LogitScales(float beta)
    {
        if (!Parameters.Architecture.Forward.HasScale)
        {
            return null;
        }

        Refresh();
        (_forwardBatch, _backwardBatch) = (null, null);
        _forward.Begin([beta], 0, default);
        _backward.Begin([beta], 0, default);
        return (Norm(_forward.Scale(0)), Norm(_backward.Scale(0)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _team.Dispose();
        _forward.Dispose();
        _backward.Dispose();
        _logZ.Dispose();
        _flows?.Dispose();
        _potentials?.Dispose();
    }

    private static T Required<T>(T? network)
        where T : class =>
        network ?? throw new InvalidOperationException("Terms have only parts whose networks exist; these have more. Lay the networks out for the objective that the terms are for.");

    private static double Norm(ReadOnlySpan<float> scale)
    {
        if (scale.Length == 1)
        {
            return scale[0];
        }

        var sum = 0.0;
        foreach (var factor in scale)
        {
            sum += factor * factor;
        }

        return Math.Sqrt(sum);
    }

    private static int Choose(ReadOnlySpan<float> logProbabilities, float epsilon, RandomStream random, ulong visit)
    {
        if (logProbabilities.Length == 1)
        {
            return 0;
        }

        var u = random.UniformSingle((2 * visit) + 1);
        if (epsilon > 0 && random.UniformSingle(2 * visit) < epsilon)
        {
            return (int)(u * logProbabilities.Length);
        }

        // Rounding can leave the sum a little below u: the last edge takes what is left.
        for (var edge = 0; edge < logProbabilities.Length - 1; edge++)
        {
            u -= MathF.Exp(logProbabilities[edge]);
            if (u < 0)
            {
                return edge;
            }
        }

        return logProbabilities.Length - 1;
    }

    private bool DeclareStep(SimdPolicy policy, TrajectoryBatch batch, int t)
    {
        var any = false;
        for (var b = 0; b < batch.Count; b++)
        {
            var state = batch.Trajectory(b)[t];
            if (batch.Lengths[b] == t && !_space.IsTerminal(state))
            {
                policy.Visit((b * batch.MaxSteps) + t, b, state);
                any = true;
            }
        }

        return any;
    }

    /// <summary>Declares all visits of a batch at once and records the edges its trajectories took.</summary>
    private void Pass(SimdPolicy policy, TrajectoryBatch batch, bool forward)
    {
        var (count, steps) = (batch.Count, batch.MaxSteps);
        policy.Begin(batch.Betas.AsSpan(0, count), count * steps, forward ? _root : Objects(batch));
        for (var b = 0; b < count; b++)
        {
            var trajectory = batch.Trajectory(b);
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                policy.Visit((b * steps) + t, b, trajectory[forward ? t : t + 1]);
            }
        }

        policy.Compute();
        for (var b = 0; b < count; b++)
        {
            var trajectory = batch.Trajectory(b);
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var visit = (b * steps) + t;
                policy.LogProbabilities(visit, b);
                policy.Take(visit, policy.Targets(visit).IndexOf(trajectory[forward ? t + 1 : t]));
            }
        }
    }

    private ReadOnlySpan<UInt128> Objects(TrajectoryBatch batch)
    {
        if (_objects.Length < batch.Count)
        {
            _objects = new UInt128[batch.Count];
        }

        for (var b = 0; b < batch.Count; b++)
        {
            _objects[b] = batch.Object(b);
        }

        return _objects.AsSpan(0, batch.Count);
    }

    private void Refresh()
    {
        if (_stale)
        {
            _forward.Refresh();
            _backward.Refresh();
            _logZ.Refresh();
            _flows?.Refresh();
            _potentials?.Refresh();
            _stale = false;
        }
    }
}
