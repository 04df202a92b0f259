using Tempera.Model.Engines;
using Tempera.Model.Engines.Simd;
using Tempera.Model.Learning;
using Tempera.Model.Networks;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Networks;

public sealed class LazyRowsTests
{
    // 14 + 14^2 ... windows of up to three of 14 letters: 14 * 3 + 2 * 196 + 2,744 = 3,178 features.
    private static readonly IDesignSpace Wide = WindowFeatureSpace.Of(new PrependAppendSpace("ABCDEFGHIJKLMN", 3), 3);

    [Theory]
    [InlineData(Parametrization.Ssr, Conditioning.Logit)]
    [InlineData(Parametrization.Sa, Conditioning.Layer)]
    public void APassReachesTheRowsOfItsOwnFeaturesAndLeavesNothingBehind(Parametrization parametrization, Conditioning conditioning)
    {
        var settings = new LearnerSettings { Width = 16, Parametrization = parametrization, Conditioning = conditioning };
        using var engine = Engine(settings);
        using var fresh = Engine(settings);
        Differentiate(engine, 1);
        Differentiate(engine, 2);
        Differentiate(fresh, 2);

        foreach (var (network, other) in engine.Parameters.Networks.Zip(fresh.Parameters.Networks))
        {
            Assert.Equal(other.Gradient, network.Gradient);
        }

        var (lazy, gradient) = (engine.Parameters.Forward.Lazy!, engine.Parameters.Forward.Gradient);
        var nonzero = Enumerable.Range(0, Wide.FeatureCount).Where(row => lazy.Row(gradient, row).ContainsAnyExcept(0f)).ToList();
        Assert.Equal(nonzero, lazy.Reached.Order());
        Assert.InRange(nonzero.Count, 10, 1_000);
    }

    [Fact]
    public void AStepLeavesOtherRowsAsTheyAreAndMovesReachedOnesMore()
    {
        var (eager, lazy) = (Optimizer(isLazy: false), Optimizer(isLazy: true));
        for (var step = 0; step < 3; step++)
        {
            foreach (var optimizer in new[] { eager, lazy })
            {
                var gradient = optimizer.Parameters.Gradient;
                optimizer.Parameters.ClearGradient();
                new RandomStreams(4).At("gradient", step).FillUniform(gradient.AsSpan(0, 5));
                new RandomStreams(5).At("gradient", step).FillUniform(gradient.AsSpan(5 + (700 * 7), 14));
                new RandomStreams(6).At("gradient", step).FillUniform(gradient.AsSpan(gradient.Length - 4));
                optimizer.Parameters.Lazy?.MarkAllReached(gradient);
            }

            Assert.Equal(eager.GradientNorm(), lazy.GradientNorm());
            eager.Step(eager.GradientNorm());
            lazy.Step(lazy.GradientNorm());
        }

        Assert.Equal([700, 701], lazy.Parameters.Lazy!.Reached);
        Assert.Equal(eager.First, lazy.First);
        var (values, other) = (lazy.Parameters.Values, eager.Parameters.Values);
        Assert.Equal(other[..5], values[..5]);
        Assert.Equal(other[^4..], values[^4..]);
        Assert.All(Enumerable.Range(5, 700 * 7), i => Assert.Equal(0, values[i]));
        Assert.All(Enumerable.Range(5 + (700 * 7), 14), i => Assert.Equal(LazyRows.StepFactor * other[i], values[i], 1e-6));
    }

    [Fact]
    public void MomentsOfARowDecayOnlyWhereItIsReached()
    {
        var optimizer = Optimizer(isLazy: true);
        optimizer.Parameters.Gradient[5 + (7 * 3)] = 1;
        optimizer.Parameters.Lazy!.MarkAllReached(optimizer.Parameters.Gradient);
        optimizer.Step(1);
        var first = (float[])optimizer.First.Clone();
        optimizer.Parameters.ClearGradient();
        optimizer.Step(0);

        Assert.Equal(first, optimizer.First);
        Assert.Equal(0.1f, first[5 + (7 * 3)], 1e-6);
        Assert.Empty(optimizer.Parameters.Lazy.Reached);
    }

    [Fact]
    public void FewFeaturesAreStepped()
    {
        var space = WindowFeatureSpace.Of(new PrependAppendSpace("ACGT", 8), 4);
        var parameters = new PolicyParameters(new PolicyArchitecture(space, new LearnerSettings(), (1, 3)));

        Assert.All(parameters.Networks, static network => Assert.Null(network.Lazy));
    }

    private static AdamOptimizer Optimizer(bool isLazy)
    {
        var layout = new ParameterLayout();
        layout.Add("before", 1, 5, 1);
        var rows = layout.Add("rows", 2_000, 7, 1);
        layout.Add("after", 1, 4, 1);
        layout.Lazy = isLazy ? (rows, 2_000) : null;
        return new AdamOptimizer(new NetworkParameters("forward", layout), 1e-2, 10);
    }

    private static SimdEngine Engine(LearnerSettings settings)
    {
        var parameters = new PolicyParameters(new PolicyArchitecture(Wide, settings, (1, 3)));
        ParameterInitialiser.Initialise(parameters, new RandomStreams(11));
        return new SimdEngine(Wide, parameters, 1, 4);
    }

    private static void Differentiate(SimdEngine engine, int round)
    {
        var batch = new TrajectoryBatch(Wide, 4) { Count = 4 };
        batch.Betas.AsSpan().Fill(2);
        engine.SampleForward(batch, 0.1f, new RandomStreams(5).At(RandomStreams.Policy, round));
        var terms = new TrajectoryTerms(4, Wide.MaxSteps, TermParts.None, Wide.MaxParents);
        engine.Evaluate(batch, terms);
        new RandomStreams(6).At("forward", round).FillUniform(terms.ForwardGradient);
        new RandomStreams(7).At("backward", round).FillUniform(terms.BackwardGradient);
        engine.Backward(batch, terms);
    }
}
