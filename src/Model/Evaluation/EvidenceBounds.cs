using Tempera.Model.Engines;
using Tempera.Model.Random;
using Tempera.Model.Spaces;

namespace Tempera.Model.Evaluation;

/// <summary>
/// Bounds on log Z(beta) from w = beta log R(x) + sum log P_B - sum log P_F: ELBO = mean of w over P_F, EUBO = mean of w over
/// x ~ p*, trajectory ~ P_B. ELBO &lt;= log Z &lt;= EUBO, and the gap is zero exactly where the policies are balanced.
/// </summary>
/// <remarks>docs/method.md section 9; Blessing et al. 2024 (arXiv 2406.07423), section 4.</remarks>
internal static class EvidenceBounds
{
    private const string Target = "evaluation-target";
    private const int BatchSize = 256;

    /// <summary>EUBO of a sample of the forward policy: its trajectories weighted by exp w. Biased low where the sample misses what p* favours.</summary>
    public static double WeightedUpper(ReadOnlySpan<double> logWeights)
    {
        var (total, mean) = (LogMath.LogSumExp(logWeights), 0.0);
        foreach (var w in logWeights)
        {
            var share = Math.Exp(w - total);
            mean += share == 0 ? 0 : share * w;
        }

        return mean;
    }

    /// <summary>EUBO from exact draws of p*.</summary>
    /// <param name="engine">The policies.</param>
    /// <param name="space">The space.</param>
    /// <param name="objects">Every object.</param>
    /// <param name="logTarget">log p*(x | beta) of each.</param>
    /// <param name="logZ">log Z(beta), so that beta log R = log p* + log Z.</param>
    /// <param name="beta">Inverse temperature.</param>
    /// <param name="samples">Draws.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static double Upper(
        IPolicyEngine engine, IDesignSpace space, ReadOnlyMemory<UInt128> objects, double[] logTarget, double logZ, float beta, int samples, ulong seed,
        CancellationToken cancellationToken)
    {
        var cumulative = new double[logTarget.Length];
        for (var i = 0; i < cumulative.Length; i++)
        {
            cumulative[i] = Math.Exp(logTarget[i]) + (i > 0 ? cumulative[i - 1] : 0);
        }

        var (streams, sum) = (new RandomStreams(seed), 0.0);
        var (batch, terms) = (new TrajectoryBatch(space, BatchSize), new TrajectoryTerms(BatchSize, space.MaxSteps));
        var (ends, rows) = (new UInt128[BatchSize], new int[BatchSize]);
        Array.Fill(batch.Betas, beta);
        for (var start = 0; start < samples; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Count = Math.Min(BatchSize, samples - start);
            var random = streams.At(Target, start / BatchSize);
            for (var b = 0; b < batch.Count; b++)
            {
                rows[b] = Draw(cumulative, random.Uniform((ulong)b));
                ends[b] = objects.Span[rows[b]];
            }

            engine.SampleBackward(batch, ends.AsSpan(0, batch.Count), streams.At(RandomStreams.Evaluation, start / BatchSize));
            engine.Evaluate(batch, terms);
            for (var b = 0; b < batch.Count; b++)
            {
                var (forward, backward) = ForwardSamples.Sums(terms, b);
                sum += logTarget[rows[b]] + logZ + backward - forward;
            }
        }

        return sum / samples;
    }

    private static int Draw(double[] cumulative, double uniform)
    {
        var at = Array.BinarySearch(cumulative, uniform * cumulative[^1]);
        return Math.Min(at < 0 ? ~at : at + 1, cumulative.Length - 1);
    }
}
