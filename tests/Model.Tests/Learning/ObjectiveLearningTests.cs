using Tempera.Model.Baselines;
using Tempera.Model.Learning;
using Tempera.Model.Serialization;
using Xunit;

namespace Tempera.Model.Tests.Learning;

/// <summary>A learner with any objective resumes exactly, does not depend on threads and carries its networks in its checkpoint.</summary>
public sealed class ObjectiveLearningTests
{
    private static readonly (string, string)[] Small = [("width", "16"), ("batch", "8"), ("threads", "1")];

    public static TheoryData<string, string, string> Objectives() => new()
    {
        { "db", "hypergrid", "logit" },
        { "subtb", "bits", "layer" },
        { "fm", "hypergrid", "logit-layer" },
        { "vargrad", "bits", "logit" },
        { "maxent", "hypergrid", "thermometer" },
        { "guided-tb", "rna1", "logit" },
        { "fl-db", "bits", "logit" },
        { "fl-subtb", "hypergrid", "logit" },
        { "led-db", "hypergrid", "none" },
        { "led-subtb", "rna1", "logit" },
        { "sql", "bits", "logit" },
        { "a2c", "bits", "layer" },
        { "ppo", "hypergrid", "logit" },
    };

    [Theory]
    [MemberData(nameof(Objectives))]
    public void ARestoredLearnerGoesOnBitForBit(string objective, string task, string conditioning)
    {
        (string, string)[] settings = [.. Settings(objective), ("conditioning", conditioning), .. Small];
        using var whole = new Campaign(task, 24, 7, settings);
        using var half = new Campaign(task, 24, 7, settings);
        using var resumed = new Campaign(task, 24, 7, settings);
        whole.Run(24);
        half.Run(12);
        for (var i = 0; i < half.Buffer.Count; i++)
        {
            resumed.Buffer.Append(half.Buffer.FirstRound(i), [half.Buffer.Object(i)], [half.Buffer.Score(i)], [half.Buffer.Beta(i)]);
        }

        SafetensorsFile.ReadInto(SafetensorsFile.ToBytes(half.Learner.Weights), resumed.Learner.Weights);
        SafetensorsFile.ReadInto(SafetensorsFile.ToBytes(half.Learner.OptimizerMoments), resumed.Learner.OptimizerMoments);
        resumed.Learner.Restore(half.Learner.Capture());
        resumed.Run(24);
        Assert.Equal(whole.Proposed[^(8 * 12)..], resumed.Proposed);
        AssertSameWeights(whole.Learner, resumed.Learner);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void ThreadsChangeNothing(string objective, string task, string conditioning)
    {
        (string, string)[] settings = [.. Settings(objective), ("conditioning", conditioning), ("width", "64"), ("batch", "32")];
        using var one = new Campaign(task, 6, 3, [.. settings, ("threads", "1")]);
        using var three = new Campaign(task, 6, 3, [.. settings, ("threads", "3")]);
        one.Run(6);
        three.Run(6);
        Assert.Equal(one.Proposed, three.Proposed);
        AssertSameWeights(one.Learner, three.Learner);
    }

    [Theory]
    [InlineData("tb", false, false)]
    [InlineData("vargrad", false, false)]
    [InlineData("guided-tb", false, false)]
    [InlineData("db", true, false)]
    [InlineData("led-subtb", true, true)]
    public void OnlyObjectivesThatNeedThemHaveFlowsAndPotentials(string objective, bool flows, bool potentials)
    {
        using var campaign = new Campaign("bits", 1, 1, [.. Small, ("objective", objective)]);
        var names = campaign.Learner.Weights.Select(tensor => tensor.Name).ToList();
        Assert.Equal(flows, names.Exists(name => name.StartsWith("flow.", StringComparison.Ordinal)));
        Assert.Equal(potentials, names.Exists(name => name.StartsWith("potential.", StringComparison.Ordinal)));
    }

    [Fact]
    public void WeightsWithoutFlowsAreRefusedWithWhatIsMissing()
    {
        using var without = new Campaign("bits", 1, 1, Small);
        using var with = new Campaign("bits", 1, 1, [.. Small, ("objective", "db")]);
        var error = Assert.Throws<InvalidDataException>(() => SafetensorsFile.ReadInto(SafetensorsFile.ToBytes(without.Learner.Weights), with.Learner.Weights));
        Assert.Contains("'flow.hidden.0.weight' is missing", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => with.Learner.Restore(without.Learner.Capture()));
    }

    [Fact]
    public void ALearnerWithAGuideIsNotRestoredFromProgressWithoutOne()
    {
        using var without = new Campaign("bits", 1, 1, Small);
        using var with = new Campaign("bits", 1, 1, [.. Small, ("objective", "guided-tb")]);
        var error = Assert.Throws<InvalidDataException>(() => with.Learner.Restore(without.Learner.Capture()));
        Assert.Contains("guide", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrajectoriesShareABetaInRuns()
    {
        using var campaign = new Campaign("bits", 2, 1, [.. Small, ("trajectories_per_beta", "3")]);
        campaign.Run(1);
        var betas = Enumerable.Range(0, campaign.Buffer.Count).Select(campaign.Buffer.Beta).Distinct().ToList();
        Assert.InRange(betas.Count, 1, 3);
    }

    private static (string, string)[] Settings(string objective) =>
        [("objective", objective), ("method", MethodCatalog.IsReinforcementLearning(objective) ? objective : MethodCatalog.GFlowNet)];

    private static void AssertSameWeights(Learner expected, Learner actual)
    {
        foreach (var (one, other) in expected.Weights.Concat(expected.OptimizerMoments).Zip(actual.Weights.Concat(actual.OptimizerMoments)))
        {
            Assert.Equal(one.Name, other.Name);
            Assert.True(one.Values.Span.SequenceEqual(other.Values.Span), one.Name);
        }
    }
}
