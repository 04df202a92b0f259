using Tempera.Model.Baselines;
using Tempera.Model.Evaluation;
using Tempera.Model.Learning;
using Tempera.Model.Random;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Learning;

/// <summary>A method without a policy that proposes a part of each round.</summary>
public sealed class ExplorerTests
{
    private static readonly (string, string)[] Small = [("width", "16"), ("batch", "8"), ("replay_batch", "8"), ("threads", "1")];

    [Theory]
    [InlineData("random")]
    [InlineData("unseen")]
    [InlineData("ga")]
    [InlineData("mcmc")]
    public void ItsObjectsAreTheLastOfARound(string explorer)
    {
        using var alone = new Campaign("bits", 30, 7, Small);
        using var beside = new Campaign("bits", 30, 7, [.. Small, ("explorer", explorer), ("explorer_start", "0.25"), ("explorer_share", "0.25"), ("population", "20")]);
        using var everything = new Campaign("bits", 30, 7, [.. Small, ("explorer", explorer), ("explorer_start", "1"), ("explorer_share", "1"), ("population", "20")]);
        foreach (var campaign in new[] { alone, beside, everything })
        {
            campaign.Run(1);
        }

        Assert.Equal(alone.Proposed[..6], beside.Proposed[..6]);
        Assert.Equal(everything.Proposed[..2], beside.Proposed[6..]);
        Assert.NotEqual(alone.Proposed, everything.Proposed);
    }

    [Theory]
    [InlineData("1", 2, 3, 4, 5, 6, 6, 6)]
    [InlineData("0.5", 2, 4, 6, 6, 6, 6, 6)]
    public void ItsShareGrowsLinearlyOverItsPartOfThePlannedRoundsAndThenStays(string ramp, params int[] expected)
    {
        var task = TaskCatalog.Create("bits", new Dictionary<string, string>());
        var settings = SettingCatalog.Resolve(task, new Dictionary<string, string> { ["batch"] = "8", ["explorer"] = "mixed", ["explorer_start"] = "0.25", ["explorer_share"] = "0.75", ["explorer_ramp"] = ramp });
        var explorer = Explorer.Create(task, settings, rounds: 5, new RandomStreams(1))!;
        var counts = Enumerable.Range(1, 7).Select(round =>
        {
            explorer.Begin(round);
            return explorer.Count;
        });

        Assert.Equal(expected, counts);
    }

    [Fact]
    public void APolicyLearnsTheTargetFromUniformObjectsAlone()
    {
        using var campaign = new Campaign(
            Line(), 1_500, 0, ("explorer", "random"), ("explorer_start", "1"), ("explorer_share", "1"), ("width", "32"), ("learning_rate", "0.005"), ("decay", "0"), ("logit_rank", "4"), ("replay_batch", "0"), ("threads", "1"));
        campaign.Run(1_500);

        var evaluator = new PolicyEvaluator(campaign.Task);
        Assert.All([1f, 3f], beta => Assert.InRange(evaluator.Evaluate(campaign.Learner.Engine, beta, 100, 1, default).Tv!.Value, 0, 0.02));
    }

    [Fact]
    public void AGeneticAlgorithmCrossesWhatThePolicyFound()
    {
        using var campaign = new Campaign("bits", 60, 7, [.. Small, ("explorer", "ga"), ("explorer_start", "0.5"), ("explorer_share", "0.5"), ("population", "64")]);
        campaign.Run(60);

        var best = Enumerable.Range(0, campaign.Buffer.Count).OrderByDescending(campaign.Buffer.Score).Take(64).Select(campaign.Buffer.Object).ToHashSet();
        var (population, rewards) = campaign.Learner.Capture().Explorers![0].Unpack();
        Assert.Equal(64, population.Length);
        Assert.Equal(best.Select(terminal => campaign.Buffer.LogReward(campaign.Buffer.IndexOf(terminal))).Order(), rewards.Order());
        Assert.Contains(population, terminal => campaign.Proposed.IndexOf(terminal) % 8 < 4);
    }

    [Fact]
    public void UnseenObjectsAreNoneThatThePolicyFound()
    {
        using var campaign = new Campaign(Line(), 8, 1, [.. Small, ("explorer", "unseen"), ("explorer_start", "0.25"), ("explorer_share", "0.25")]);
        campaign.Run(8);

        // 32 objects: each round adds at least the two that the explorer proposes.
        var proposals = campaign.Proposed.Chunk(8).ToList();
        Assert.All(Enumerable.Range(1, 7), round => Assert.Empty(proposals[round][6..].Intersect(proposals[..round].SelectMany(static objects => objects))));
    }

    [Fact]
    public void ABudgetThatPaysForTheSpaceIsSpentOnAllOfItAndTheWholeDistributionIsLearned()
    {
        // Scores without any structure: 4,096 objects of 7,272 features, of which a network of narrow windows could not know each.
        var task = Evaluation.TestTasks.Create(new PrependAppendSpace("ACGT", 6), static terminal => 1 + (2 * new RandomStreams(9).At("scores", 1).Uniform((ulong)terminal)));
        var given = new Dictionary<string, string> { ["recipe"] = "default", ["width"] = "32", ["threads"] = "1" };
        var settings = SettingCatalog.Resolve(task, given, new CampaignPlan(150, 4_096));
        using var campaign = new Campaign(task, 150, 1, [.. SettingCatalog.Describe(settings).Select(static pair => (pair.Key, pair.Value))]);
        campaign.Run(150);

        Assert.InRange(campaign.Buffer.Count, 3_700, 4_096);
        Assert.All([1f, 2f], beta => Assert.InRange(new PolicyEvaluator(task).Evaluate(campaign.Learner.Engine, beta, 100, 1, default).Tv!.Value, 0, 0.1));
    }

    [Theory]
    [InlineData("method", "ga", "method=ga")]
    [InlineData("offline", "true", "offline")]
    [InlineData("searchers", "2", "searchers")]
    public void OnlyAGFlowNetThatProposesItsRoundsHasOne(string name, string value, string rule)
    {
        var task = TaskCatalog.Create("rna1", new Dictionary<string, string>());
        var settings = new Dictionary<string, string> { ["explorer"] = "ga", [name] = value };
        var error = Assert.Throws<SettingException>(() => SettingCatalog.Resolve(task, settings));

        Assert.Equal("explorer", error.Setting);
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASpaceWithoutDigitsHasNone()
    {
        var task = TaskCatalog.Create("bits", new Dictionary<string, string>());
        task = task with { Space = WindowFeatureSpace.Of(task.Space, 2) };
        var error = Assert.Throws<SettingException>(() => SettingCatalog.Resolve(task, new Dictionary<string, string> { ["explorer"] = "mcmc" }));

        Assert.Contains("digits", error.Message, StringComparison.Ordinal);
        Assert.Equal(MethodCatalog.NoExplorer, SettingCatalog.Resolve(task, new Dictionary<string, string> { ["recipe"] = "default" }).Explorer);
    }

    private static DesignTask Line() => Evaluation.TestTasks.Create(
        new AppendSpace("ab", 5), static terminal => 1 + (double)UInt128.PopCount(terminal));
}
