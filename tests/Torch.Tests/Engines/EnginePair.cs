using Tempera.Model.Engines;
using Tempera.Model.Engines.Simd;
using Tempera.Model.Engines.Torch;
using Tempera.Model.Networks;
using Tempera.Model.Objectives;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Torch.Tests.Engines;

/// <summary>The two engines on parameters of the same values, and room for a batch of each.</summary>
internal sealed class EnginePair : IDisposable
{
    public EnginePair(IDesignSpace space, LearnerSettings settings, TorchOptions options, int batch, int typicalBatch, ulong seed = 11)
    {
        Space = space;
        Simd = new SimdEngine(space, Parameters(space, settings, seed), 1, typicalBatch);
        Torch = new TorchEngine(space, Parameters(space, settings, seed), options, typicalBatch);
        SimdBatch = Batch(space, batch, seed);
        TorchBatch = Batch(space, batch, seed);
        var parts = ObjectiveCatalog.Create(settings).Parts;
        SimdTerms = new TrajectoryTerms(batch, space.MaxSteps, parts, space.MaxParents);
        TorchTerms = new TrajectoryTerms(batch, space.MaxSteps, parts, space.MaxParents);
    }

    public IDesignSpace Space { get; }

    public SimdEngine Simd { get; }

    public TorchEngine Torch { get; }

    public TrajectoryBatch SimdBatch { get; }

    public TrajectoryBatch TorchBatch { get; }

    public TrajectoryTerms SimdTerms { get; }

    public TrajectoryTerms TorchTerms { get; }

    /// <summary>Networks of both engines, side by side.</summary>
    public IEnumerable<(NetworkParameters Simd, NetworkParameters Torch)> Networks => Simd.Parameters.Networks.Zip(Torch.Parameters.Networks);

    /// <summary>Gives the Torch engine the trajectories of the other.</summary>
    public void CopyTrajectories()
    {
        SimdBatch.States.CopyTo(TorchBatch.States, 0);
        SimdBatch.Lengths.CopyTo(TorchBatch.Lengths, 0);
        TorchBatch.Count = SimdBatch.Count;
        TorchBatch.Version++;
    }

    /// <summary>Fills the gradients of both terms with the same normal numbers.</summary>
    public void FillCoefficients(ulong seed)
    {
        var random = new RandomStreams(seed).At("coefficients", 0);
        for (var i = 0; i < SimdTerms.ForwardGradient.Length; i++)
        {
            SimdTerms.ForwardGradient[i] = TorchTerms.ForwardGradient[i] = (float)random.Normal((ulong)(2 * i));
            SimdTerms.BackwardGradient[i] = TorchTerms.BackwardGradient[i] = (float)random.Normal((ulong)((2 * i) + 1));
        }

        Fill(SimdTerms.FlowGradient, TorchTerms.FlowGradient, 2_000_000);
        Fill(SimdTerms.InflowGradient, TorchTerms.InflowGradient, 3_000_000);
        Fill(SimdTerms.PotentialGradient, TorchTerms.PotentialGradient, 4_000_000);
        for (var b = 0; b < SimdTerms.LogZGradient.Length; b++)
        {
            SimdTerms.LogZGradient[b] = TorchTerms.LogZGradient[b] = (float)random.Normal((ulong)(1_000_000 + b));
        }
    }

    private static void Fill(float[] simd, float[] torch, ulong seed)
    {
        var random = new RandomStreams(seed).At("parts", 0);
        for (var i = 0; i < simd.Length; i++)
        {
            simd[i] = torch[i] = (float)random.Normal((ulong)i);
        }
    }

    public void Dispose()
    {
        Simd.Dispose();
        Torch.Dispose();
    }

    private static PolicyParameters Parameters(IDesignSpace space, LearnerSettings settings, ulong seed)
    {
        var parameters = new PolicyParameters(new PolicyArchitecture(space, settings, (0.5f, 4))) { LogZKnown = (3, 0.5) };
        ParameterInitialiser.Initialise(parameters, new RandomStreams(seed));
        return parameters;
    }

    private static TrajectoryBatch Batch(IDesignSpace space, int count, ulong seed)
    {
        var random = new RandomStreams(seed).At("betas", 0);
        var batch = new TrajectoryBatch(space, count) { Count = count };
        for (var b = 0; b < count; b++)
        {
            batch.Betas[b] = (float)(0.5 + (3.5 * random.Uniform((ulong)b)));
        }

        return batch;
    }
}
