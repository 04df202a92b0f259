using Tempera.Model.Engines;
using Tempera.Model.Random;
using Tempera.Model.Spaces;

namespace Tempera.Model.Evaluation;

/// <summary>Trajectories sampled from P_F at one beta, reduced to what estimates need. All arrays are <c>[sample]</c>.</summary>
/// <param name="Objects">Terminal objects.</param>
/// <param name="LogForward">sum_t log P_F; empty where not asked for.</param>
/// <param name="LogBackward">sum_t log P_B; empty where not asked for.</param>
internal sealed record ForwardSamples(UInt128[] Objects, double[] LogForward, double[] LogBackward)
{
    // Fixed, because a random number belongs to its place in a batch.
    private const int BatchSize = 256;

    /// <summary>Samples without exploration, from the stream <c>sample</c> of a seed.</summary>
    public static ForwardSamples Draw(
        IPolicyEngine engine, IDesignSpace space, float beta, int count, ulong seed, bool withTerms, CancellationToken cancellationToken)
    {
        var (streams, batch) = (new RandomStreams(seed), new TrajectoryBatch(space, BatchSize));
        var terms = withTerms ? new TrajectoryTerms(BatchSize, space.MaxSteps) : null;
        var samples = new ForwardSamples(new UInt128[count], new double[withTerms ? count : 0], new double[withTerms ? count : 0]);
        Array.Fill(batch.Betas, beta);
        for (var start = 0; start < count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Count = Math.Min(BatchSize, count - start);
            engine.SampleForward(batch, 0, streams.At(RandomStreams.Sample, start / BatchSize));
            if (terms is not null)
            {
                engine.Evaluate(batch, terms);
            }

            for (var b = 0; b < batch.Count; b++)
            {
                samples.Objects[start + b] = batch.Object(b);
                if (terms is not null)
                {
                    (samples.LogForward[start + b], samples.LogBackward[start + b]) = Sums(terms, b);
                }
            }
        }

        return samples;
    }

    /// <summary>sum_t log P_F and sum_t log P_B of one trajectory, in double precision.</summary>
    public static (double Forward, double Backward) Sums(TrajectoryTerms terms, int b)
    {
        var (forward, backward) = (0.0, 0.0);
        for (var t = b * terms.MaxSteps; t < b * terms.MaxSteps + terms.Lengths[b]; t++)
        {
            forward += terms.LogForward[t];
            backward += terms.LogBackward[t];
        }

        return (forward, backward);
    }
}
