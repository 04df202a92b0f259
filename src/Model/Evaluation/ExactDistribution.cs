using Tempera.Model.Engines;
using Tempera.Model.Spaces;

namespace Tempera.Model.Evaluation;

/// <summary>
/// p(x | beta) of every terminal object: probability mass is pushed from the root through the state graph,
/// p(s') = sum over parents s of p(s) P_F(s' | s; beta), in double precision and in logarithms.
/// </summary>
/// <remarks>The graph is walked once and serves every policy and beta. Not thread safe: one caller at a time.</remarks>
public sealed class ExactDistribution
{
    /// <summary>Most states of a space whose distribution is computed.</summary>
    public const int MaxStates = 5_000_000;

    private const int BatchStates = 1024;

    // An engine's log-softmax in single precision is normalised to about 1e-6.
    private const double StepTolerance = 1e-4;
    private const double TotalTolerance = 1e-8;

    private readonly StateGraph _graph;
    private readonly int _maxChildren;
    private readonly int[] _objectOfState;

    /// <summary>Walks the state graph of a space.</summary>
    /// <exception cref="ArgumentException">The space has more than <see cref="MaxStates"/> states.</exception>
    public ExactDistribution(IDesignSpace space, CancellationToken cancellationToken = default)
    {
        if (!CanEnumerate(space))
        {
            throw new ArgumentException($"An exact distribution needs a space of at most {MaxStates:N0} states; {space.Name} has {Math.Exp(space.LogObjectCount):N0} objects. Use estimates from samples.");
        }

        _graph = StateGraph.Build(space, MaxStates, cancellationToken);
        _maxChildren = space.MaxChildren;
        _objectOfState = new int[_graph.StateCount];
        Array.Fill(_objectOfState, -1);
        var objects = new UInt128[_graph.Terminals.Length];
        for (var i = 0; i < objects.Length; i++)
        {
            objects[i] = _graph.State(_graph.Terminals[i]);
            _objectOfState[_graph.Terminals[i]] = i;
        }

        Objects = objects;
    }

    /// <summary>Every terminal object; all results are in this order.</summary>
    public ReadOnlyMemory<UInt128> Objects { get; }

    /// <summary>Whether a space is small enough. Spaces have at most two states for each object where every partial object can branch.</summary>
    public static bool CanEnumerate(IDesignSpace space) => space.LogObjectCount <= Math.Log(MaxStates / 2.0);

    /// <summary>Position of an object in <see cref="Objects"/>, or -1.</summary>
    public int IndexOf(UInt128 terminal) => _graph.IndexOf(terminal) is >= 0 and var state ? _objectOfState[state] : -1;

    /// <summary>log p(x | beta) of every object under the policy of an engine.</summary>
    /// <exception cref="InvalidOperationException">The policy's probabilities are not finite or do not sum to one.</exception>
    public double[] LogProbabilities(IPolicyEngine engine, float beta, CancellationToken cancellationToken = default)
    {
        var mass = new double[_graph.StateCount];
        mass.AsSpan(1).Fill(double.NegativeInfinity);
        var (states, steps) = (new UInt128[BatchStates], new float[BatchStates * _maxChildren]);
        for (var wave = 0; wave < _graph.WaveCount; wave++)
        {
            var rest = _graph.Wave(wave);
            while (!rest.IsEmpty)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var batch = rest[..Math.Min(rest.Length, BatchStates)];
                rest = rest[batch.Length..];
                for (var i = 0; i < batch.Length; i++)
                {
                    states[i] = _graph.State(batch[i]);
                }

                engine.ChildLogProbabilities(states.AsSpan(0, batch.Length), beta, steps.AsSpan(0, batch.Length * _maxChildren));
                for (var i = 0; i < batch.Length; i++)
                {
                    Push(batch[i], beta, steps.AsSpan(i * _maxChildren, _graph.ChildCount(batch[i])), mass);
                }
            }
        }

        var logProbabilities = Array.ConvertAll(_graph.Terminals, state => mass[state]);
        var total = LogMath.LogSumExp(logProbabilities);
        return Math.Abs(total) <= TotalTolerance
            ? logProbabilities
            : throw new InvalidOperationException($"The probabilities of all objects must sum to one; at beta {beta} the logarithm of their sum is {total}. Check that every path of the space ends in a terminal object.");
    }

    // Dividing by the sum takes the rounding of the engine's single precision out of the distribution.
    private void Push(int state, float beta, ReadOnlySpan<float> steps, Span<double> mass)
    {
        var sum = 0.0;
        foreach (var step in steps)
        {
            sum += Math.Exp(step);
        }

        if (!(Math.Abs(sum - 1) <= StepTolerance))
        {
            throw new InvalidOperationException($"The probabilities of a state's children must sum to one; at beta {beta} they sum to {sum}. Go back to a checkpoint with finite weights.");
        }

        var scaled = mass[state] - Math.Log(sum);
        if (double.IsNegativeInfinity(scaled))
        {
            return;
        }

        for (var i = 0; i < steps.Length; i++)
        {
            var child = _graph.Child(state, i);
            mass[child] = LogMath.LogAdd(mass[child], scaled + steps[i]);
        }
    }
}
