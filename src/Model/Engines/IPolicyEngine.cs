using Tempera.Model.Networks;
using Tempera.Model.Random;

namespace Tempera.Model.Engines;

/// <summary>
/// Runs the networks: samples trajectories, computes log-probabilities of edges forwards and vector-Jacobian products
/// backwards. Nothing else knows which engine runs.
/// </summary>
/// <remarks>Not thread safe: one caller at a time. Results do not depend on the number of threads.</remarks>
public interface IPolicyEngine : IDisposable
{
    /// <summary>The parameters this engine computes with; after changing them call <see cref="ParametersChanged"/>.</summary>
    PolicyParameters Parameters { get; }

    /// <summary>
    /// Samples a trajectory for each of the batch's betas with P_F; each step is uniform over the children with probability
    /// epsilon. Random numbers are draws [batch, step, 2] of the stream, so they do not depend on the engine.
    /// </summary>
    void SampleForward(TrajectoryBatch batch, float epsilon, RandomStream random);

    /// <summary>Samples trajectories that end in the given objects with P_B, for each of the batch's betas.</summary>
    void SampleBackward(TrajectoryBatch batch, ReadOnlySpan<UInt128> objects, RandomStream random);

    /// <summary>
    /// Writes log P_F, log P_B and log Z of a batch under the current, untempered policies, and of the parts that the terms have those
    /// that come from networks: flows, inflows and potentials.
    /// </summary>
    void Evaluate(TrajectoryBatch batch, TrajectoryTerms terms);

    /// <summary>
    /// Overwrites the gradients of all networks with the vector-Jacobian product of the terms' gradients, those of its parts included.
    /// Follows <see cref="Evaluate"/> on the same batch and terms.
    /// </summary>
    void Backward(TrajectoryBatch batch, TrajectoryTerms terms);

    /// <summary>Tells the engine that parameter values have changed.</summary>
    void ParametersChanged();

    /// <summary>Writes log P_F of every child of each (non-terminal) state at one beta, <c>[state, MaxChildren]</c>, -infinity beyond a state's children.</summary>
    void ChildLogProbabilities(ReadOnlySpan<UInt128> states, float beta, Span<float> logProbabilities);

    /// <summary>log Z(beta) of the head.</summary>
    double LogZ(float beta);

    /// <summary>Logit scale f(beta) of P_F and P_B (its Euclidean norm for a rank above 1); null without logit conditioning.</summary>
    (double Forward, double Backward)? LogitScales(float beta);

    /// <summary>What was computed since the last reset.</summary>
    EngineCounters Counters { get; }
}
