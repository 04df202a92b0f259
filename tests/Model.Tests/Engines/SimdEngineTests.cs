using Tempera.Model.Engines;
using Tempera.Model.Engines.Simd;
using Tempera.Model.Networks;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Engines;

public sealed class SimdEngineTests
{
    private static readonly float[] Betas = [1, 1.5f, 2, 2.75f, 3, 1.25f, 2.5f];

    public static TheoryData<Parametrization, Conditioning, int, int> Networks()
    {
        var data = new TheoryData<Parametrization, Conditioning, int, int>();
        foreach (var parametrization in Enum.GetValues<Parametrization>())
        {
            foreach (var conditioning in Enum.GetValues<Conditioning>())
            {
                data.Add(parametrization, conditioning, 8, 10_000);
                data.Add(parametrization, conditioning, 20, 1);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void GradientsMatchCentralDifferencesInDoublePrecision(Parametrization parametrization, Conditioning conditioning, int width, int typicalBatch)
    {
        foreach (var space in new IDesignSpace[] { new PrependAppendSpace("ABC", 3), new HypergridSpace(2, 3) })
        {
            using var setup = new Setup(space, parametrization, conditioning, width, typicalBatch);
            setup.Engine.SampleForward(setup.Batch, 0.1f, new RandomStreams(5).At(RandomStreams.Policy, 1));
            setup.Engine.Evaluate(setup.Batch, setup.Terms);
            setup.FillCoefficients();
            setup.Engine.Backward(setup.Batch, setup.Terms);
            foreach (var network in setup.Networks)
            {
                setup.AssertGradient(network);
            }
        }
    }

    [Theory]
    [InlineData(Conditioning.Logit)]
    [InlineData(Conditioning.Layer)]
    [InlineData(Conditioning.LogitLayer)]
    public void ANetworkToldLogBetaIsTheOneToldBetaThere(Conditioning conditioning)
    {
        var space = new PrependAppendSpace("ACGT", 4);
        using var raw = Engine(BetaInput.Raw);
        using var log = Engine(BetaInput.Log);
        var (expected, actual) = (new float[space.MaxChildren], new float[space.MaxChildren]);
        foreach (var beta in Betas)
        {
            raw.ChildLogProbabilities([space.Root], MathF.Log(beta), expected);
            log.ChildLogProbabilities([space.Root], beta, actual);

            Assert.Equal(expected, actual);
            Assert.Equal(raw.LogZ(MathF.Log(beta)), log.LogZ(beta));
        }

        SimdEngine Engine(BetaInput input)
        {
            var parameters = new PolicyParameters(new PolicyArchitecture(space, new LearnerSettings { Conditioning = conditioning, Width = 16, BetaInput = input }, (1, 3)));
            ParameterInitialiser.Initialise(parameters, new RandomStreams(11));
            return new SimdEngine(space, parameters, 1, 7);
        }
    }

    [Theory]
    [InlineData(1e3f)]
    [InlineData(1e6f)]
    public void ProbabilitiesSumToOneHoweverLargeTheLogits(float beta)
    {
        var space = new PrependAppendSpace("ACGT", 4);
        var parameters = new PolicyParameters(new PolicyArchitecture(space, new LearnerSettings { Width = 16, LogitClamp = 1e6 }, (1, 3)));
        ParameterInitialiser.Initialise(parameters, new RandomStreams(3));
        using var engine = new SimdEngine(space, parameters, 1, 7);
        var children = new UInt128[space.MaxChildren];
        space.GetChildren(space.Root, children);
        foreach (var state in children[..4])
        {
            var logs = new float[space.MaxChildren];
            engine.ChildLogProbabilities([state], beta, logs);

            Assert.Equal(1, logs[..space.GetChildren(state, new UInt128[space.MaxChildren])].Sum(static value => Math.Exp(value)), 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void LogProbabilitiesMatchTheReference(Parametrization parametrization, Conditioning conditioning, int width, int typicalBatch)
    {
        var space = new PrependAppendSpace("ACGT", 4);
        using var setup = new Setup(space, parametrization, conditioning, width, typicalBatch);
        setup.Engine.SampleForward(setup.Batch, 0.1f, new RandomStreams(5).At(RandomStreams.Policy, 1));
        setup.Engine.Evaluate(setup.Batch, setup.Terms);
        for (var b = 0; b < setup.Batch.Count; b++)
        {
            var trajectory = setup.Batch.Trajectory(b);
            for (var t = 0; t < setup.Batch.Lengths[b]; t++)
            {
                var expected = setup.Reference.LogProbability(true, Doubles(setup.Parameters.Forward), trajectory[t], trajectory[t + 1], Betas[b]);
                var back = setup.Reference.LogProbability(false, Doubles(setup.Parameters.Backward), trajectory[t + 1], trajectory[t], Betas[b]);
                Assert.Equal(expected, setup.Terms.LogForward[(b * space.MaxSteps) + t], 1e-5);
                Assert.Equal(back, setup.Terms.LogBackward[(b * space.MaxSteps) + t], 1e-5);
            }

            Assert.Equal(setup.Reference.LogZ(Doubles(setup.Parameters.LogZ), Betas[b]), setup.Terms.LogZ[b], 1e-5);
        }
    }

    [Theory]
    [InlineData(Parametrization.Ssr, Conditioning.Logit)]
    [InlineData(Parametrization.Ssr, Conditioning.Layer)]
    [InlineData(Parametrization.Sa, Conditioning.LogitLayer)]
    public void EveryThreadCountAndVectorWidthGivesTheSameBits(Parametrization parametrization, Conditioning conditioning)
    {
        var space = new PrependAppendSpace("ACGT", 6);
        var results = new List<(float[] Gradient, UInt128[] States)>();
        foreach (var (threads, wide) in new[] { (1, true), (2, true), (3, true), (1, false), (2, false) })
        {
            using var setup = new Setup(space, parametrization, conditioning, 80, 64, threads, wide, batch: 96);
            setup.Engine.SampleForward(setup.Batch, 0.05f, new RandomStreams(9).At(RandomStreams.Policy, 1));
            setup.Engine.Evaluate(setup.Batch, setup.Terms);
            setup.FillCoefficients();
            setup.Engine.Backward(setup.Batch, setup.Terms);
            results.Add(([.. setup.Parameters.Forward.Gradient, .. setup.Parameters.Backward.Gradient, .. setup.Parameters.LogZ.Gradient], setup.Batch.States));
        }

        Assert.Contains(results[0].Gradient, g => g != 0);
        Assert.All(results, r => Assert.Equal(results[0].States, r.States));
        Assert.All(results, r => Assert.True(results[0].Gradient.AsSpan().SequenceEqual(r.Gradient)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReusedRolloutActivationsGiveWhatAFreshPassGives(bool backwards)
    {
        var space = new PrependAppendSpace("ACGT", 5);
        using var setup = new Setup(space, Parametrization.Ssr, Conditioning.Logit, 32, 64, batch: 40);
        var random = new RandomStreams(3).At(RandomStreams.Policy, 1);
        setup.Engine.SampleForward(setup.Batch, 0, random);
        if (backwards)
        {
            var objects = Enumerable.Range(0, setup.Batch.Count).Select(setup.Batch.Object).ToArray();
            setup.Engine.SampleBackward(setup.Batch, objects, random);
            Assert.Equal(objects, Enumerable.Range(0, setup.Batch.Count).Select(setup.Batch.Object));
        }

        setup.Engine.Evaluate(setup.Batch, setup.Terms);
        var (forward, back) = (setup.Terms.LogForward.ToArray(), setup.Terms.LogBackward.ToArray());
        setup.Batch.Version++;
        setup.Engine.Evaluate(setup.Batch, setup.Terms);
        for (var i = 0; i < forward.Length; i++)
        {
            Assert.Equal(setup.Terms.LogForward[i], forward[i], 1e-6);
            Assert.Equal(setup.Terms.LogBackward[i], back[i], 1e-6);
        }
    }

    [Fact]
    public void BackwardSamplingOnASpaceOfVariableDepthStartsAtTheRoot()
    {
        var space = new HypergridSpace(2, 5);
        using var setup = new Setup(space, Parametrization.Ssr, Conditioning.Logit, 16, 8, batch: 30);
        var objects = space.EnumerateObjects().Take(25).ToArray();
        setup.Engine.SampleBackward(setup.Batch, objects, new RandomStreams(3).At(RandomStreams.BackwardPolicy, 1));
        var parents = new UInt128[space.MaxParents];
        for (var b = 0; b < objects.Length; b++)
        {
            var trajectory = setup.Batch.Trajectory(b);
            var length = setup.Batch.Lengths[b];
            Assert.Equal(space.Root, trajectory[0]);
            Assert.Equal(objects[b], trajectory[length]);
            for (var t = 0; t < length; t++)
            {
                Assert.Contains(trajectory[t], parents[..space.GetParents(trajectory[t + 1], parents)]);
            }
        }
    }

    [Fact]
    public void ATrainingPassAllocatesNothingOnceBuffersHaveGrown()
    {
        using var setup = new Setup(new PrependAppendSpace("ACGT", 6), Parametrization.Ssr, Conditioning.Logit, 32, 64, threads: 1, batch: 32);
        void Round(int round)
        {
            setup.Engine.SampleForward(setup.Batch, 0.1f, new RandomStreams(1).At(RandomStreams.Policy, round));
            setup.Engine.Evaluate(setup.Batch, setup.Terms);
            setup.Engine.Backward(setup.Batch, setup.Terms);
            setup.Engine.ParametersChanged();
        }

        setup.FillCoefficients();
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

    private static double[] Doubles(NetworkParameters network) => Array.ConvertAll(network.Values, v => (double)v);

    private sealed class Setup : IDisposable
    {
        public Setup(IDesignSpace space, Parametrization parametrization, Conditioning conditioning, int width, int typicalBatch, int threads = 1, bool wide = true, int batch = 7)
        {
            var settings = new LearnerSettings { Parametrization = parametrization, Conditioning = conditioning, Width = width, LogitRank = width == 20 ? 3 : 1 };
            var architecture = new PolicyArchitecture(space, settings, (1, 3));
            Parameters = new PolicyParameters(architecture);
            ParameterInitialiser.Initialise(Parameters, new RandomStreams(11));
            Engine = new SimdEngine(space, Parameters, threads, typicalBatch, wide);
            Reference = new ReferencePolicy(space, architecture);
            Batch = new TrajectoryBatch(space, batch) { Count = batch };
            Terms = new TrajectoryTerms(batch, space.MaxSteps);
            for (var b = 0; b < batch; b++)
            {
                Batch.Betas[b] = Betas[b % Betas.Length];
            }
        }

        public PolicyParameters Parameters { get; }

        public SimdEngine Engine { get; }

        public ReferencePolicy Reference { get; }

        public TrajectoryBatch Batch { get; }

        public TrajectoryTerms Terms { get; }

        public NetworkParameters[] Networks => [Parameters.Forward, Parameters.Backward, Parameters.LogZ];

        public void FillCoefficients()
        {
            var random = new RandomStreams(21).At("coefficients", 0);
            for (var i = 0; i < Terms.ForwardGradient.Length; i++)
            {
                Terms.ForwardGradient[i] = (float)random.Normal((ulong)(2 * i));
                Terms.BackwardGradient[i] = (float)random.Normal((ulong)((2 * i) + 1));
            }

            for (var b = 0; b < Terms.LogZGradient.Length; b++)
            {
                Terms.LogZGradient[b] = (float)random.Normal((ulong)(1_000_000 + b));
            }
        }

        public void AssertGradient(NetworkParameters network)
        {
            var values = Networks.ToDictionary(n => n.Name, Doubles);
            double Sum() => Reference.WeightedSum(Batch, Terms, values["forward"], values["backward"], values["log_z"]);
            var moved = values[network.Name];
            CentralDifferences.AssertGradient(network, moved, Sum);
        }

        public void Dispose() => Engine.Dispose();
    }
}
