using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Settings;

public sealed class RecipeCatalogTests
{
    public static TheoryData<string, string, string> Combinations()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var task in new[] { "rna1", "hypergrid", "bits", "ehrlich" })
        {
            foreach (var recipe in RecipeCatalog.Names)
            {
                data.Add(task, recipe, "false");
                data.Add(task, recipe, "true");
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void FitsEveryTaskAndResolvesToItself(string task, string recipe, string offline)
    {
        var problem = TaskCatalog.Create(task, new Dictionary<string, string>());
        var resolved = SettingCatalog.Resolve(problem, new Dictionary<string, string> { ["recipe"] = recipe, ["offline"] = offline, ["replay_batch"] = "32" });

        Assert.Equal(recipe, resolved.Recipe);
        Assert.Equal(resolved, SettingCatalog.Resolve(problem, SettingCatalog.Describe(resolved)));
    }

    [Fact]
    public void WhatAUserNamesWins()
    {
        var settings = Resolve(("recipe", "default"), ("learning_rate", "0.5"));

        Assert.Equal((0.5, 4, "annealing-reverse:1,5"), (settings.LearningRate, settings.LogitRank, settings.Explore[..21]));
    }

    [Fact]
    public void OfflineCampaignsTrainWhereThePapersDo()
    {
        Assert.Equal("uniform:10,50", Resolve(("recipe", "default"), ("offline", "true")).Train);
        Assert.Equal("uniform:10,50", Resolve(("offline", "true")).Train);
        Assert.Equal("uniform:1,3", Resolve(("offline", "true"), ("train", "uniform:1,3")).Train);
    }

    [Fact]
    public void ACampaignThatBeganBeforeTheRecipeHadAnExplorerGoesOnWithoutOne()
    {
        var settings = Resolve(("recipe", "default"));
        Assert.Equal("mixed", settings.Explorer);

        var stored = SettingCatalog.Describe(settings).Where(static pair => !pair.Key.StartsWith("explorer", StringComparison.Ordinal));
        Assert.Equal(settings with { Explorer = "none" }, Resolve([.. stored.Select(static pair => (pair.Key, pair.Value))]));
    }

    [Theory]
    [InlineData("mixed", null)]
    [InlineData("mixed", 900L)]
    [InlineData("unseen", 922L)]
    [InlineData("unseen", 5000L)]
    [InlineData("mixed", 5000L, "searchers", "2")]
    [InlineData("none", 5000L, "method", "ga")]
    [InlineData("unseen", 5000L, "conditioning", "none")]
    [InlineData("none", 5000L, "recipe", "task")]
    public void WhoeverPaysForASpaceLearnsAllOfIt(string explorer, long? budget, string name = "seed_of_nothing", string value = "")
    {
        var task = Strings(5);
        var given = new Dictionary<string, string> { ["recipe"] = "default", [name] = value };
        given.Remove("seed_of_nothing");
        explorer = name == "searchers" ? "none" : explorer;
        var settings = SettingCatalog.Resolve(task, given, new CampaignPlan(100, budget));

        Assert.Equal(explorer, settings.Explorer);
        Assert.Equal(explorer == "unseen" ? (128, 5) : (32, settings.FeatureWindow), (settings.Batch, settings.FeatureWindow));
        Assert.Equal(settings, SettingCatalog.Resolve(task, SettingCatalog.Describe(settings), new CampaignPlan(100, 5000)));
        Assert.Equal(settings, SettingCatalog.Resolve(task, SettingCatalog.Describe(settings)));
    }

    [Theory]
    [InlineData(100, null, 0.066)]
    [InlineData(100, "16", 0.527)]
    [InlineData(10_000, null, 1.0 / 128)]
    [InlineData(5, null, 1)]
    public void TheExplorersShareIsWhatCoversTheSpace(int rounds, string? batch, double share)
    {
        var given = new Dictionary<string, string> { ["recipe"] = "default" };
        if (batch is not null)
        {
            given["batch"] = batch;
        }

        // 0.7 * 1024 / (0.85 rounds batch)
        Assert.Equal(share, SettingCatalog.Resolve(Strings(5), given, new CampaignPlan(rounds, 1024)).ExplorerShare, 1e-9);
    }

    [Theory]
    [InlineData("ACGT", 9)]
    [InlineData("0123456789a", 5)]
    public void ALargeSpaceIsNotLearnedByHeart(string alphabet, int length)
    {
        var task = Evaluation.TestTasks.Create(new PrependAppendSpace(alphabet, length), static _ => 1);

        Assert.Equal("mixed", SettingCatalog.Resolve(task, new Dictionary<string, string> { ["recipe"] = "default" }, new CampaignPlan(100, 1_000_000)).Explorer);
    }

    [Fact]
    public void APolicyOfOneBetaKeepsIt() =>
        Assert.Equal("constant:2", Resolve(("recipe", "default"), ("conditioning", "none"), ("target_beta", "2")).Explore);

    [Fact]
    public void UnknownNamesAreRefused() =>
        Assert.Contains("default", Assert.Throws<SettingException>(() => Resolve(("recipe", "defualt"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("replay_batch", "0")]
    [InlineData("method", "random")]
    public void AnOfflineCampaignReplaysAPolicy(string setting, string value) =>
        Assert.Throws<SettingException>(() => Resolve(("offline", "true"), (setting, value)));

    private static DesignTask Strings(int length) => Evaluation.TestTasks.Create(new PrependAppendSpace("ACGT", length), static _ => 1);

    private static LearnerSettings Resolve(params (string Name, string Value)[] settings) => SettingCatalog.Resolve(
        TaskCatalog.Create("rna1", new Dictionary<string, string>()), settings.ToDictionary(static pair => pair.Name, static pair => pair.Value));
}
