using Tempera.Model.Engines;
using Tempera.Model.Random;
using Tempera.Model.Spaces;

namespace Tempera.Model.Evaluation;

/// <summary>
/// Importance estimate of log p(x | beta) where the space is too large to enumerate: logmeanexp over K trajectories
/// tau ~ P_B(. | x) of sum log P_F(tau) - sum log P_B(tau).
/// </summary>
/// <remarks>
/// The mean is unbiased for p(x), so its logarithm is low on average and rises to log p(x) with K; it is exact with one
/// trajectory where P_B is the true posterior. docs/method.md section 9; Malkin et al. 2022 (arXiv 2201.13259), appendix C.
/// </remarks>
public sealed class ImportanceEstimator
{
    /// <summary>Trajectories an object where nothing else is asked for.</summary>
    public const int DefaultTrajectories = 16;

    private const int BatchTrajectories = 256;
    private readonly IDesignSpace _space;
    private readonly int _trajectories;

    /// <summary>An estimator with K trajectories an object.</summary>
    /// <exception cref="ArgumentException">K is not from 1 to 1,000,000.</exception>
    public ImportanceEstimator(IDesignSpace space, int trajectories = DefaultTrajectories)
    {
        if (trajectories is < 1 or > 1_000_000)
        {
            throw new ArgumentException($"An importance estimate takes 1 to 1,000,000 trajectories an object; got {trajectories}. Use for example {DefaultTrajectories}.");
        }

        (_space, _trajectories) = (space, trajectories);
    }

    /// <summary>Estimates of log p(x | beta), in the order of the objects. A function of the policy, the arguments and the seed.</summary>
    public double[] LogProbabilities(
        IPolicyEngine engine, ReadOnlySpan<UInt128> objects, float beta, ulong seed, CancellationToken cancellationToken = default)
    {
        var streams = new RandomStreams(seed);
        var (batch, terms) = (new TrajectoryBatch(_space, BatchTrajectories), new TrajectoryTerms(BatchTrajectories, _space.MaxSteps));
        var (ends, estimates) = (new UInt128[BatchTrajectories], new double[objects.Length]);
        Array.Fill(batch.Betas, beta);
        Array.Fill(estimates, double.NegativeInfinity);
        var total = (long)objects.Length * _trajectories;
        for (long start = 0; start < total; start += BatchTrajectories)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Count = (int)Math.Min(BatchTrajectories, total - start);
            for (var b = 0; b < batch.Count; b++)
            {
                ends[b] = objects[(int)((start + b) / _trajectories)];
            }

            engine.SampleBackward(batch, ends.AsSpan(0, batch.Count), streams.At(RandomStreams.Evaluation, (int)(start / BatchTrajectories)));
            engine.Evaluate(batch, terms);
            for (var b = 0; b < batch.Count; b++)
            {
                var (forward, backward) = ForwardSamples.Sums(terms, b);
                ref var estimate = ref estimates[(int)((start + b) / _trajectories)];
                estimate = LogMath.LogAdd(estimate, forward - backward);
            }
        }

        return Array.ConvertAll(estimates, estimate => estimate - Math.Log(_trajectories));
    }
}
