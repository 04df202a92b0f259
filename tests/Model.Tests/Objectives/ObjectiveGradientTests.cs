using Tempera.Model.Baselines;
using Tempera.Model.Engines;
using Tempera.Model.Objectives;
using Tempera.Model.Settings;
using Xunit;

namespace Tempera.Model.Tests.Objectives;

/// <summary>What holds for every objective: its gradient is that of its loss, and it writes every gradient it owns.</summary>
public sealed class ObjectiveGradientTests
{
    public static TheoryData<string, SubTrajectoryWeighting, double> Objectives()
    {
        var data = new TheoryData<string, SubTrajectoryWeighting, double>();
        foreach (var name in ObjectiveCatalog.Names)
        {
            data.Add(name, SubTrajectoryWeighting.GeometricWithin, 0.9);
        }

        foreach (var weighting in Enum.GetValues<SubTrajectoryWeighting>())
        {
            data.Add("subtb", weighting, 0.5);
            data.Add("subtb", weighting, 2);
        }

        return data;
    }

    /// <summary>But for those whose targets are constants: their own tests hold them to their gradient.</summary>
    public static TheoryData<string, SubTrajectoryWeighting, double> Differentiable() =>
        [.. Objectives().Where(row => !MethodCatalog.IsReinforcementLearning(row.Data.Item1))];

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void GradientsAgreeWithCentralDifferences(string name, SubTrajectoryWeighting weighting, double lambda)
    {
        var objective = Create(name, weighting, lambda);
        var terms = RandomTerms.Create(objective.Parts, betas: [0.5f, 1, 0.5f]);
        objective.Evaluate(terms);
        var (forward, backward, logZ) = (terms.ForwardGradient.ToArray(), terms.BackwardGradient.ToArray(), terms.LogZGradient.ToArray());
        var (flow, inflow) = (terms.FlowGradient.ToArray(), terms.InflowGradient.ToArray());
        for (var i = 0; i < forward.Length; i++)
        {
            var isStep = i % terms.MaxSteps < terms.Lengths[i / terms.MaxSteps];
            Assert.Equal(isStep ? RandomTerms.Difference(objective, terms, terms.LogForward, i) : 0, forward[i], 2e-4);
            if (name != "guided-tb")
            {
                Assert.Equal(isStep ? RandomTerms.Difference(objective, terms, terms.LogBackward, i) : 0, backward[i], 2e-4);
            }
        }

        for (var b = 0; b < logZ.Length; b++)
        {
            // The log Z head of VarGrad and the flows' own known parts are outside the loss.
            if (name != "vargrad")
            {
                Assert.Equal(RandomTerms.Difference(objective, terms, terms.LogZ, b), logZ[b], 2e-4);
            }
        }

        for (var i = 0; i < flow.Length; i++)
        {
            Assert.Equal(RandomTerms.Difference(objective, terms, terms.LogFlow, i), flow[i], 2e-4);
        }

        for (var i = 0; i < inflow.Length; i++)
        {
            var isStep = i / terms.MaxParents % terms.MaxSteps < terms.Lengths[i / terms.MaxParents / terms.MaxSteps];
            var isEdge = isStep && double.IsFinite(terms.LogInflow[i]);
            Assert.Equal(isEdge ? RandomTerms.Difference(objective, terms, terms.LogInflow, i) : 0, inflow[i], 2e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void EveryGradientIsWrittenWhateverWasThere(string name, SubTrajectoryWeighting weighting, double lambda)
    {
        var objective = Create(name, weighting, lambda);
        var (clean, dirty) = (RandomTerms.Create(objective.Parts), RandomTerms.Create(objective.Parts));
        foreach (var gradient in Gradients(dirty))
        {
            Array.Fill(gradient, 5);
        }

        Assert.Equal(objective.Evaluate(clean), objective.Evaluate(dirty));
        Assert.All(Gradients(clean).Zip(Gradients(dirty)), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Contains(Gradients(clean).SelectMany(gradient => gradient), value => value != 0);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void NonFiniteTermsGiveANonFiniteLoss(string name, SubTrajectoryWeighting weighting, double lambda)
    {
        var objective = Create(name, weighting, lambda);
        var terms = RandomTerms.Create(objective.Parts, betas: [1]);
        if (terms.Has(TermParts.Inflows))
        {
            terms.LogInflow[0] = double.NaN;
        }

        terms.LogForward[0] = float.NaN;
        Assert.False(double.IsFinite(objective.Evaluate(terms)));
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void AnEvaluationAllocatesNothing(string name, SubTrajectoryWeighting weighting, double lambda)
    {
        var objective = Create(name, weighting, lambda);
        var terms = RandomTerms.Create(objective.Parts);
        for (var i = 0; i < 3; i++)
        {
            objective.Evaluate(terms);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        objective.Evaluate(terms);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static IObjective Create(string name, SubTrajectoryWeighting weighting, double lambda) => ObjectiveCatalog.Create(new LearnerSettings
    {
        Objective = name,
        SubtbWeighting = weighting,
        SubtbLambda = lambda,
    });

    private static float[][] Gradients(TrajectoryTerms terms) =>
        [terms.ForwardGradient, terms.BackwardGradient, terms.LogZGradient, terms.FlowGradient, terms.InflowGradient, terms.PotentialGradient];
}
