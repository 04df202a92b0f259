using Tempera.Model.Engines.Simd;
using Tempera.Model.Evaluation;
using Tempera.Model.Networks;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

/// <summary>The default engine's samples, edges and trajectories must tell of one and the same distribution.</summary>
public sealed class EngineEvaluationTests
{
    public static TheoryData<IDesignSpace> Spaces => [new PrependAppendSpace("ACG", 4), new HypergridSpace(2, 5)];

    [Theory]
    [MemberData(nameof(Spaces))]
    public void ImportanceEstimatesAgreeWithTheExactDistribution(IDesignSpace space)
    {
        using var engine = Engine(space);
        var exact = new ExactDistribution(space);
        var logP = exact.LogProbabilities(engine, 2);
        Assert.Equal(1, logP.Sum(Math.Exp), 1e-9);
        var estimates = new ImportanceEstimator(space, 500).LogProbabilities(engine, exact.Objects.Span, 2, 1);
        Assert.InRange(Math.Sqrt(estimates.Zip(logP, (a, b) => (a - b) * (a - b)).Average()), 0, 0.1);
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void SamplesFollowTheExactDistribution(IDesignSpace space)
    {
        using var engine = Engine(space);
        var sample = new PolicySampler(space).Sample(engine, 2, 20_000, 1);
        var counts = sample.Objects.CountBy(x => x).ToDictionary();
        var exact = new ExactDistribution(space);
        var expected = exact.LogProbabilities(engine, 2).Select(logP => 20_000 * Math.Exp(logP)).ToArray();

        // Chi-square over the objects with enough expected counts: mean k, standard deviation sqrt(2 k).
        var terms = expected.Select((mean, i) => (mean, Count: counts.GetValueOrDefault(exact.Objects.Span[i]))).Where(pair => pair.mean > 10)
            .Select(pair => (pair.Count - pair.mean) * (pair.Count - pair.mean) / pair.mean).ToArray();
        Assert.InRange(terms.Length, 15, 100);
        Assert.InRange(terms.Sum(), 0, terms.Length + 4 * Math.Sqrt(2 * terms.Length));
    }

    private static SimdEngine Engine(IDesignSpace space)
    {
        var parameters = new PolicyParameters(new PolicyArchitecture(space, new LearnerSettings { Width = 16 }, (1, 3)));
        ParameterInitialiser.Initialise(parameters, new RandomStreams(5));

        // Fresh networks are nearly uniform; larger weights make a distribution worth telling apart.
        foreach (ref var value in parameters.Forward.Values.AsSpan())
        {
            value *= 2;
        }

        return new SimdEngine(space, parameters, 1, 32);
    }
}
