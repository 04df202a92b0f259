using Tempera.Model.Collections;
using Tempera.Model.Engines;
using Tempera.Model.Spaces;

namespace Tempera.Model.Evaluation;

/// <summary>
/// Draws objects from a policy at any beta, with their log-probabilities: exact in spaces of at most
/// <see cref="MaxExactObjects"/> objects, else importance estimates from 16 backward trajectories an object.
/// </summary>
/// <remarks>Not thread safe: one caller at a time. Keeps the state graph of a small space after the first use.</remarks>
public sealed class PolicySampler(IDesignSpace space)
{
    /// <summary>Largest number of objects for which a sample's probabilities are computed exactly.</summary>
    public const int MaxExactObjects = 1 << 18;

    private ExactDistribution? _exact;

    /// <summary>Draws <paramref name="count"/> objects without exploration. The same policy and arguments give the same sample.</summary>
    /// <exception cref="ArgumentException">Beta is not above 0, or the count not from 1 to 1,000,000.</exception>
    public PolicySample Sample(IPolicyEngine engine, float beta, int count, ulong seed, CancellationToken cancellationToken = default)
    {
        Check(beta, count);
        var objects = ForwardSamples.Draw(engine, space, beta, count, seed, withTerms: false, cancellationToken).Objects;
        if (space.LogObjectCount <= Math.Log(MaxExactObjects) + 1e-9)
        {
            var exact = Exact(cancellationToken);
            var all = exact.LogProbabilities(engine, beta, cancellationToken);
            return new PolicySample(objects, Array.ConvertAll(objects, terminal => all[exact.IndexOf(terminal)]), true);
        }

        var unique = new PackedSet();
        var rows = Array.ConvertAll(objects, terminal => unique.Add(terminal).Index);
        var distinct = unique.ToArray();

        var estimates = new ImportanceEstimator(space).LogProbabilities(engine, distinct, beta, seed, cancellationToken);
        return new PolicySample(objects, Array.ConvertAll(rows, row => estimates[row]), false);
    }

    /// <summary>The exact distribution over the space, built on first use.</summary>
    internal ExactDistribution Exact(CancellationToken cancellationToken) => _exact ??= new ExactDistribution(space, cancellationToken);

    /// <summary>Refuses betas and counts out of range.</summary>
    internal static void Check(float beta, int count)
    {
        if (!(beta > 0) || !float.IsFinite(beta))
        {
            throw new ArgumentException($"Beta must be finite and above 0; got {beta}. Use for example 1.");
        }

        if (count is < 1 or > 1_000_000)
        {
            throw new ArgumentException($"The number of samples must be from 1 to 1,000,000; got {count}. Use for example 1000.");
        }
    }
}
