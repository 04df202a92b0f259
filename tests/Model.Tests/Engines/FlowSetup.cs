using Tempera.Model.Engines;
using Tempera.Model.Engines.Simd;
using Tempera.Model.Networks;
using Tempera.Model.Objectives;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Model.Tests.Engines;

/// <summary>An engine with the networks of an objective, a sampled batch and coefficients in place of the objective's gradient.</summary>
internal sealed class FlowSetup : IDisposable
{
    private static readonly float[] Betas = [1, 1.5f, 2, 2.75f, 3, 1.25f, 2.5f];

    public FlowSetup(
        IDesignSpace space, string objective, Parametrization parametrization, Conditioning conditioning,
        int width = 8, int threads = 1, bool wide = true, int batch = 7)
    {
        var settings = new LearnerSettings
        {
            Objective = objective,
            Parametrization = parametrization,
            Conditioning = conditioning,
            Width = width,
            BackwardPolicy = objective is "fm" or "maxent" ? BackwardPolicy.Uniform : BackwardPolicy.Learned,
        };
        Space = space;
        var architecture = new PolicyArchitecture(space, settings, (1, 3));
        Parameters = new PolicyParameters(architecture);
        ParameterInitialiser.Initialise(Parameters, new RandomStreams(11));
        Engine = new SimdEngine(space, Parameters, threads, batch, wide);
        Reference = new ReferencePolicy(space, architecture);
        Batch = new TrajectoryBatch(space, batch) { Count = batch };
        Terms = new TrajectoryTerms(batch, space.MaxSteps, ObjectiveCatalog.Create(settings).Parts, space.MaxParents);
        for (var b = 0; b < batch; b++)
        {
            Batch.Betas[b] = Betas[b % Betas.Length];
        }
    }

    public IDesignSpace Space { get; }

    public PolicyParameters Parameters { get; }

    public SimdEngine Engine { get; }

    public ReferencePolicy Reference { get; }

    public TrajectoryBatch Batch { get; }

    public TrajectoryTerms Terms { get; }

    /// <summary>The values of a network in double precision; empty where there is none.</summary>
    public double[] Values(string network) =>
        Parameters.Networks.FirstOrDefault(n => n.Name == network) is { } found ? Array.ConvertAll(found.Values, v => (double)v) : [];

    /// <summary>A rollout, a forward and a backward pass.</summary>
    public void Pass()
    {
        Engine.SampleForward(Batch, 0.1f, new RandomStreams(5).At(RandomStreams.Policy, 1));
        Engine.Evaluate(Batch, Terms);
        var random = new RandomStreams(21).At("coefficients", 0);
        var position = 0UL;
        foreach (var coefficients in new[] { Terms.ForwardGradient, Terms.BackwardGradient, Terms.LogZGradient, Terms.FlowGradient, Terms.InflowGradient, Terms.PotentialGradient })
        {
            for (var i = 0; i < coefficients.Length; i++)
            {
                coefficients[i] = (float)random.Normal(position++);
            }
        }

        Engine.Backward(Batch, Terms);
    }

    public void AssertGradient(NetworkParameters network)
    {
        var values = new[] { "forward", "backward", "log_z", "flow", "potential" }.ToDictionary(name => name, Values);
        double Sum() => WeightedPolicies(values) + Reference.WeightedParts(Batch, Terms, values["forward"], values["log_z"], values["flow"], values["potential"]);
        var moved = values[network.Name];
        CentralDifferences.AssertGradient(network, moved, Sum);
    }

    public void Dispose() => Engine.Dispose();

    // A uniform P_B has no values to differentiate, and its share of the sum is a constant.
    private double WeightedPolicies(Dictionary<string, double[]> values)
    {
        if (values["backward"].Length > 0)
        {
            return Reference.WeightedSum(Batch, Terms, values["forward"], values["backward"], values["log_z"]);
        }

        var sum = 0.0;
        for (var b = 0; b < Batch.Count; b++)
        {
            var trajectory = Batch.Trajectory(b);
            sum += Terms.LogZGradient[b] * Reference.LogZ(values["log_z"], Batch.Betas[b]);
            for (var t = 0; t < Batch.Lengths[b]; t++)
            {
                sum += Terms.ForwardGradient[(b * Batch.MaxSteps) + t]
                    * Reference.LogProbability(true, values["forward"], trajectory[t], trajectory[t + 1], Batch.Betas[b]);
            }
        }

        return sum;
    }
}
