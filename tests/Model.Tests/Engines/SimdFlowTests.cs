using Tempera.Model.Engines;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Engines;

/// <summary>The networks that only some objectives have: flows of states, of edges into a state, and potentials.</summary>
public sealed class SimdFlowTests
{
    public static TheoryData<string, Parametrization, Conditioning> Networks()
    {
        var data = new TheoryData<string, Parametrization, Conditioning>();
        foreach (var conditioning in Enum.GetValues<Conditioning>())
        {
            data.Add("db", Parametrization.Ssr, conditioning);
            data.Add("fm", Parametrization.Ssr, conditioning);
            data.Add("led-db", Parametrization.Sa, conditioning);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ValuesMatchTheReference(string objective, Parametrization parametrization, Conditioning conditioning)
    {
        using var setup = new FlowSetup(new HypergridSpace(2, 4), objective, parametrization, conditioning);
        setup.Pass();
        var (space, terms) = (setup.Space, setup.Terms);
        for (var b = 0; b < setup.Batch.Count; b++)
        {
            var (trajectory, length, beta) = (setup.Batch.Trajectory(b).ToArray(), setup.Batch.Lengths[b], setup.Batch.Betas[b]);
            for (var t = 0; t < length; t++)
            {
                var visit = (b * space.MaxSteps) + t;
                var flow = t == 0 ? 0 : setup.Reference.LogFlow(setup.Values("flow"), trajectory[t], beta);
                Assert.Equal(flow, terms.LogFlow[(b * (space.MaxSteps + 1)) + t], 1e-5);
                if (terms.Has(TermParts.Potentials))
                {
                    Assert.Equal(setup.Reference.Potential(setup.Values("potential"), trajectory[t], trajectory[t + 1]), terms.Potential[visit], 1e-5);
                }

                if (terms.Has(TermParts.Inflows))
                {
                    var inflows = setup.Reference.LogInflows(setup.Values("forward"), setup.Values("log_z"), setup.Values("flow"), trajectory[t + 1], beta);
                    for (var i = 0; i < terms.MaxParents; i++)
                    {
                        Assert.Equal(i < inflows.Length ? inflows[i] : double.NegativeInfinity, terms.LogInflow[(visit * terms.MaxParents) + i], 1e-5);
                    }
                }
            }

            Assert.Equal(0, terms.LogFlow[(b * (space.MaxSteps + 1)) + length]);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void GradientsMatchCentralDifferencesInDoublePrecision(string objective, Parametrization parametrization, Conditioning conditioning)
    {
        foreach (var space in new IDesignSpace[] { new PrependAppendSpace("ABC", 3), new HypergridSpace(2, 3) })
        {
            using var setup = new FlowSetup(space, objective, parametrization, conditioning);
            setup.Pass();
            foreach (var network in setup.Parameters.Networks)
            {
                setup.AssertGradient(network);
            }
        }
    }

    [Theory]
    [InlineData("fm", Conditioning.Logit)]
    [InlineData("led-subtb", Conditioning.Layer)]
    public void EveryThreadCountAndVectorWidthGivesTheSameBits(string objective, Conditioning conditioning)
    {
        var gradients = new List<float[]>();
        foreach (var (threads, wide) in new[] { (1, true), (2, true), (3, true), (1, false), (2, false) })
        {
            using var setup = new FlowSetup(new PrependAppendSpace("ACGT", 6), objective, Parametrization.Ssr, conditioning, width: 80, threads, wide, batch: 96);
            setup.Pass();
            gradients.Add([.. setup.Parameters.Networks.SelectMany(network => network.Gradient)]);
        }

        Assert.Contains(gradients[0], g => g != 0);
        Assert.All(gradients, gradient => Assert.True(gradients[0].AsSpan().SequenceEqual(gradient)));
    }

    [Theory]
    [InlineData("fm")]
    [InlineData("led-db")]
    [InlineData("maxent")]
    public void ATrainingPassAllocatesNothingOnceBuffersHaveGrown(string objective)
    {
        using var setup = new FlowSetup(new PrependAppendSpace("ACGT", 6), objective, Parametrization.Ssr, Conditioning.Logit, width: 32, batch: 32);
        void Round(int round)
        {
            setup.Engine.SampleForward(setup.Batch, 0.1f, new RandomStreams(1).At(RandomStreams.Policy, round));
            setup.Engine.Evaluate(setup.Batch, setup.Terms);
            setup.Engine.Backward(setup.Batch, setup.Terms);
            setup.Engine.ParametersChanged();
        }

        for (var i = 0; i < 20; i++)
        {
            Round(i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            Round(i);
        }

        // The streams object itself is the caller's.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 * 64);
    }

    [Fact]
    public void AUniformBackwardPolicyIsUniformOverUniqueParentsAndHasNoWeights()
    {
        var space = new PrependAppendSpace("AB", 4);
        using var setup = new FlowSetup(space, "maxent", Parametrization.Ssr, Conditioning.Logit, batch: 40);
        setup.Pass();
        Assert.Empty(setup.Parameters.Backward.Values);
        var parents = new UInt128[space.MaxParents];
        for (var b = 0; b < setup.Batch.Count; b++)
        {
            for (var t = 0; t < space.MaxSteps; t++)
            {
                var count = space.GetParents(setup.Batch.Trajectory(b)[t + 1], parents);
                Assert.Equal(-Math.Log(count), setup.Terms.LogBackward[(b * space.MaxSteps) + t], 1e-6);
            }
        }
    }

    [Fact]
    public void TermsThatAskForAMissingNetworkAreRefused()
    {
        using var setup = new FlowSetup(new HypergridSpace(2, 3), "tb", Parametrization.Ssr, Conditioning.Logit);
        var flows = new TrajectoryTerms(setup.Batch.Capacity, setup.Space.MaxSteps, TermParts.Flows);
        var error = Assert.Throws<InvalidOperationException>(() => setup.Engine.Evaluate(setup.Batch, flows));
        Assert.Contains("objective", error.Message, StringComparison.Ordinal);
    }
}
