using Tempera.Model.Objectives;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Settings;

public sealed class SettingCatalogTests
{
    private static readonly DesignTask Task = TaskCatalog.Create("hypergrid", new Dictionary<string, string>());

    [Fact]
    public void NoSettings_GiveTheDefaultsOfRecordAndTask()
    {
        var expected = new LearnerSettings { Width = 64, Epsilon = 0.1, Batch = 64, ReplayBatch = 0, LogitRank = 4, LearningRate = 0.004, Decay = 0 };

        Assert.Equal(expected, SettingCatalog.Resolve(Task, new Dictionary<string, string>()));
    }

    [Fact]
    public void EverySetting_IsReadAndDescribed()
    {
        var settings = new Dictionary<string, string>
        {
            ["recipe"] = "reference",
            ["method"] = "gflownet",
            ["explorer"] = "none",
            ["explorer_start"] = "0.25",
            ["explorer_share"] = "0.75",
            ["explorer_ramp"] = "0.5",
            ["population"] = "100",
            ["mutations"] = "2",
            ["entropy"] = "0.5",
            ["ppo_clip"] = "0.1",
            ["parametrization"] = "sa",
            ["conditioning"] = "logit-layer",
            ["logit_rank"] = "2",
            ["beta_input"] = "log",
            ["objective"] = "tb",
            ["huber"] = "2",
            ["subtb_lambda"] = "0.5",
            ["subtb_weighting"] = "equal-within",
            ["backward_policy"] = "uniform",
            ["guide_weight"] = "0.25",
            ["guide_power"] = "3",
            ["led_dropout"] = "0.1",
            ["offline"] = "false",
            ["offline_quantile"] = "0.25",
            ["explore"] = "annealing:1,3",
            ["train"] = "log-uniform:0.5,10",
            ["width"] = "32",
            ["feature_window"] = "0",
            ["batch"] = "16",
            ["trajectories_per_beta"] = "4",
            ["replay_batch"] = "0",
            ["steps"] = "3",
            ["epsilon"] = "0.25",
            ["learning_rate"] = "0.001",
            ["log_z_learning_rate"] = "0.1",
            ["flow_learning_rate"] = "0.01",
            ["potential_learning_rate"] = "0.02",
            ["decay"] = "0.5",
            ["clip_norm"] = "1",
            ["logit_clamp"] = "50",
            ["log_z_head"] = "mlp",
            ["replay_quantile"] = "0.5",
            ["replay_top_share"] = "0.75",
            ["max_skipped_steps"] = "2",
            ["target_beta"] = "4",
            ["searchers"] = "3",
            ["ladder"] = "adaptive",
            ["rung_exchange"] = "metropolis",
            ["policy_age"] = "30",
            ["search_ahead"] = "5",
            ["samples_per_insert"] = "1",
            ["insert_tolerance"] = "1.5",
            ["oracle_delay_ms"] = "50",
            ["device"] = "cpu",
            ["device_memory_mib"] = "100",
            ["threads"] = "2",
            ["checkpoint_every"] = "10",
        };
        var expected = new LearnerSettings
        {
            Recipe = "reference",
            Method = "gflownet",
            ExplorerStart = 0.25,
            ExplorerShare = 0.75,
            ExplorerRamp = 0.5,
            Population = 100,
            Mutations = 2,
            Entropy = 0.5,
            PpoClip = 0.1,
            Parametrization = Parametrization.Sa,
            Conditioning = Conditioning.LogitLayer,
            LogitRank = 2,
            BetaInput = BetaInput.Log,
            Objective = "tb",
            Huber = 2,
            SubtbLambda = 0.5,
            SubtbWeighting = SubTrajectoryWeighting.EqualWithin,
            BackwardPolicy = BackwardPolicy.Uniform,
            GuideWeight = 0.25,
            GuidePower = 3,
            LedDropout = 0.1,
            Offline = false,
            OfflineQuantile = 0.25,
            Explore = "annealing:1,3,path=linear,restarts=0,width=0.5,progress=rounds,adaptive=false",
            Train = "log-uniform:0.5,10",
            Width = 32,
            FeatureWindow = 0,
            Batch = 16,
            TrajectoriesPerBeta = 4,
            ReplayBatch = 0,
            Steps = 3,
            Epsilon = 0.25,
            LearningRate = 0.001,
            LogZLearningRate = 0.1,
            FlowLearningRate = 0.01,
            PotentialLearningRate = 0.02,
            Decay = 0.5,
            ClipNorm = 1,
            LogitClamp = 50,
            LogZHead = LogZHead.Mlp,
            ReplayQuantile = 0.5,
            ReplayTopShare = 0.75,
            MaxSkippedSteps = 2,
            TargetBeta = 4,
            Search = new SearchSettings
            {
                Searchers = 3,
                Ladder = LadderKind.Adaptive,
                RungExchange = RungExchange.Metropolis,
                PolicyAge = 30,
                SearchAhead = 5,
                SamplesPerInsert = 1,
                InsertTolerance = 1.5,
            },
            OracleDelayMs = 50,
            Device = "cpu",
            DeviceMemoryMib = 100,
            Threads = 2,
            CheckpointEvery = 10,
        };

        var resolved = SettingCatalog.Resolve(Task, settings);

        Assert.Equal(expected, resolved);
        Assert.Equal(SettingCatalog.List.Select(setting => setting.Name).Order(), settings.Keys.Order());
        Assert.Equal(resolved, SettingCatalog.Resolve(Task, SettingCatalog.Describe(resolved)));
    }

    [Fact]
    public void EveryProperty_HasASettingOfItsName()
    {
        var names = typeof(LearnerSettings).GetProperties().Where(property => property.PropertyType != typeof(SearchSettings))
            .Concat(typeof(SearchSettings).GetProperties())
            .Where(property => property.CanWrite)
            .Select(property => string.Concat(property.Name.Replace("LogZ", "Logz").Select(c => char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}")).TrimStart('_').Replace("logz", "log_z"));

        Assert.Equal(names.Order(), SettingCatalog.List.Select(setting => setting.Name).Order());
    }

    [Fact]
    public void List_HasADefaultThatIsAccepted()
    {
        Assert.All(SettingCatalog.List, setting =>
        {
            Assert.NotEmpty(setting.Range);
            Assert.EndsWith(".", setting.Meaning);
            SettingCatalog.Resolve(Task, new Dictionary<string, string> { [setting.Name] = setting.Default });
        });
    }

    [Theory]
    [InlineData("width", "0", "1 to 8192")]
    [InlineData("width", "8193", "1 to 8192")]
    [InlineData("width", "1e3", "a whole number")]
    [InlineData("width", "99999999999999999999", "1 to 8192")]
    [InlineData("batch", "-5", "1 to 65536")]
    [InlineData("batch", "65537", "1 to 65536")]
    [InlineData("replay_batch", "-1", "0 to 65536")]
    [InlineData("steps", "0", "1 to 1000")]
    [InlineData("epsilon", "1.01", "at most 1")]
    [InlineData("epsilon", "-0.01", "at least 0")]
    [InlineData("epsilon", "NaN", "at least 0")]
    [InlineData("learning_rate", "0", "above 0")]
    [InlineData("learning_rate", "2", "at most 1")]
    [InlineData("learning_rate", "1,5", "point for decimals")]
    [InlineData("log_z_learning_rate", "inf", "at most 1")]
    [InlineData("clip_norm", "0", "above 0")]
    [InlineData("logit_clamp", "1000001", "at most 1000000")]
    [InlineData("huber", "-1", "at least 0")]
    [InlineData("feature_window", "17", "0 to 16")]
    [InlineData("beta_input", "sqrt", "raw, log")]
    [InlineData("offline", "yes", "one of false, true")]
    [InlineData("offline_quantile", "2", "at most 1")]
    [InlineData("replay_quantile", "1", "below 1")]
    [InlineData("replay_top_share", "", "at least 0")]
    [InlineData("max_skipped_steps", "0", "1 to 1000000")]
    [InlineData("target_beta", "0", "at least 1E-06")]
    [InlineData("threads", "1025", "0 to 1024")]
    [InlineData("checkpoint_every", "0", "1 to 10000000")]
    [InlineData("parametrization", "ssa", "Did you mean")]
    [InlineData("conditioning", "logit_layer", "Did you mean logit-layer?")]
    [InlineData("objective", "tbb", "one of tb")]
    [InlineData("log_z_head", "linear", "residual, mlp")]
    [InlineData("device", "gpu", "one of cpu")]
    [InlineData("device", "cuda:64", "one of cpu")]
    [InlineData("device", "cuda:-1", "one of cpu")]
    [InlineData("explore", "uniform:3,1", "from a smaller beta")]
    [InlineData("train", "uniform:0,1", "at least 1E-06")]
    public void Refusals_NameTheSettingRuleAndValue(string name, string value, string rule)
    {
        var exception = Assert.Throws<SettingException>(() => SettingCatalog.Resolve(Task, new Dictionary<string, string> { [name] = value }));

        Assert.Equal(name, exception.Setting);
        Assert.Contains(rule, exception.Message);
        Assert.Contains($"received '{(value.StartsWith("uniform:0", StringComparison.Ordinal) ? "0" : value)}'", exception.Message);
    }

    [Theory]
    [InlineData("widht", "Did you mean width?")]
    [InlineData("learning-rate", "Did you mean learning_rate?")]
    [InlineData("sides", "Did you mean side?")]
    [InlineData("temperature_of_the_universe", "Choose one of recipe, ")]
    public void UnknownNames_GetTheNearestSuggested(string name, string remedy)
    {
        var exception = Assert.Throws<SettingException>(() => SettingCatalog.Resolve(Task, new Dictionary<string, string> { [name] = "1" }));

        Assert.Equal(name, exception.Setting);
        Assert.Contains($"received '{name}'", exception.Message);
        Assert.Contains(remedy, exception.Message);
    }

    [Fact]
    public void Unconditional_LearnsTheTargetBetaAlone()
    {
        var settings = new Dictionary<string, string> { ["conditioning"] = "none", ["target_beta"] = "2" };
        var resolved = SettingCatalog.Resolve(Task, settings);

        Assert.Equal(("constant:2", "constant:2"), (resolved.Explore, resolved.Train));
        Assert.Equal(resolved, SettingCatalog.Resolve(Task, SettingCatalog.Describe(resolved)));
        settings["explore"] = "constant:2.0";
        Assert.Equal(resolved, SettingCatalog.Resolve(Task, settings));
    }

    [Theory]
    [InlineData("explore", "uniform:1,3")]
    [InlineData("train", "constant:1")]
    public void Unconditional_RefusesOtherSchedules(string name, string schedule)
    {
        var settings = new Dictionary<string, string> { ["conditioning"] = "none", ["target_beta"] = "2", [name] = schedule };
        var exception = Assert.Throws<SettingException>(() => SettingCatalog.Resolve(Task, settings));

        Assert.Equal(name, exception.Setting);
        Assert.Contains("constant:2", exception.Message);
        Assert.Contains($"received '{schedule}'", exception.Message);
        Assert.Contains($"Leave {name} out", exception.Message);
    }
}
