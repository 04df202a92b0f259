using System.Collections.Immutable;
using Tempera.Model.Baselines;
using Tempera.Model.Objectives;
using Tempera.Model.Schedules;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Settings;

/// <summary>The names, defaults, ranges and meanings of all settings, and the only place that validates them.</summary>
/// <remarks>Defaults are those of <see cref="LearnerSettings"/>; a new setting is a property there and an entry here.</remarks>
public static class SettingCatalog
{
    private const string ConditioningName = "conditioning", ExploreName = "explore", TrainName = "train";
    private const string ObjectiveName = "objective", StepsName = "steps", EpsilonName = "epsilon", ReplayBatchName = "replay_batch";
    private const string BackwardPolicyName = "backward_policy", TrajectoriesPerBetaName = "trajectories_per_beta";
    private const string OfflineName = "offline";

    /// <summary>P_train of offline campaigns, of Kim et al. 2024, section 5.2.</summary>
    private const string OfflineBetas = "uniform:10,50";

    private static readonly RealRange Share = new(0, 1);
    private static readonly RealRange StepSize = new(0, 1, OpenBelow: true);

    private static readonly Setting[] Settings =
    [
        Setting.OneOf(RecipeCatalog.SettingName, RecipeCatalog.Names, "The set of settings that all others stand over: the task's own, the default recipe or the published ones.",
            s => s.Recipe, (s, value) => s with { Recipe = value }),
        Setting.OneOf("method", [.. MethodCatalog.Names], "Method of search: the GFlowNet, or a baseline; see docs/baselines.md.",
            s => s.Method, (s, value) => s with { Method = value }),
        Setting.OneOf(MethodCatalog.ExplorerName, MethodCatalog.Explorers, "Methods without a policy that propose a part of each round, for the policy to learn from; mixed is ga and mcmc in equal parts.",
            s => s.Explorer, (s, value) => s with { Explorer = value }),
        Setting.Real("explorer_start", Share, "Share of the first planned round that the explorer proposes; it goes linearly to explorer_share.",
            s => s.ExplorerStart, (s, value) => s with { ExplorerStart = value }),
        Setting.Real("explorer_share", Share, "Share of the last planned round that the explorer proposes, and of those beyond.",
            s => s.ExplorerShare, (s, value) => s with { ExplorerShare = value }),
        Setting.Real("explorer_ramp", new RealRange(0, 1, OpenBelow: true), "Part of the planned rounds after which explorer_share is reached.",
            s => s.ExplorerRamp, (s, value) => s with { ExplorerRamp = value }),
        Setting.Whole("population", 2, 1_000_000, "Objects that the genetic algorithm (method or explorer ga) keeps.",
            s => s.Population, (s, value) => s with { Population = value }),
        Setting.Real("mutations", new RealRange(0, 1000), "Expected number of digits of a child that the genetic algorithm mutates.",
            s => s.Mutations, (s, value) => s with { Mutations = value }),
        Setting.Real("entropy", new RealRange(0, 100, OpenBelow: true), "alpha, the weight of the policy's entropy for the methods a2c, ppo and sql.",
            s => s.Entropy, (s, value) => s with { Entropy = value }),
        Setting.Real("ppo_clip", new RealRange(0, 1, OpenBelow: true), "Largest change of an action's probability ratio that the method ppo follows.",
            s => s.PpoClip, (s, value) => s with { PpoClip = value }),
        Setting.Choice("parametrization", "How an edge is scored: by both states (ssr) or by state and action (sa).",
            s => s.Parametrization, (s, value) => s with { Parametrization = value }),
        Setting.Choice(ConditioningName, "How the policies depend on beta; none learns target_beta alone.",
            s => s.Conditioning, (s, value) => s with { Conditioning = value }),
        Setting.Whole("logit_rank", 1, 16, "Rank k of logit conditioning: logit = sum over k of f_k(beta) u_k. 1 is Logit-GFN.",
            s => s.LogitRank, (s, value) => s with { LogitRank = value }),
        Setting.Choice("beta_input", "How the networks are told beta: as it is, or as its logarithm.",
            s => s.BetaInput, (s, value) => s with { BetaInput = value }),
        Setting.OneOf(ObjectiveName, [.. ObjectiveCatalog.Names], "The loss; tb is trajectory balance, see docs/objectives.md.",
            s => s.Objective, (s, value) => s with { Objective = value }),
        Setting.Real("huber", new RealRange(0, 1e6), "tb and maxent: residual, nats, beyond which its square goes on as a line; 0 squares all.",
            s => s.Huber, (s, value) => s with { Huber = value }),
        Setting.Real("subtb_lambda", new RealRange(0, 1e6), "Sub-trajectory balance: a sub-trajectory counts lambda^length; 0 is detailed balance.",
            s => s.SubtbLambda, (s, value) => s with { SubtbLambda = value }),
        Setting.Choice("subtb_weighting", "How sub-trajectories share the loss: by lambda or equally, normalised within a trajectory or over the batch.",
            s => s.SubtbWeighting, (s, value) => s with { SubtbWeighting = value }),
        Setting.Choice(BackwardPolicyName, "Where P_B comes from: a network, or uniform over the parents of a state.",
            s => s.BackwardPolicy, (s, value) => s with { BackwardPolicy = value }),
        Setting.Real("guide_weight", Share, "Share of P_B in the target of guided-tb; the guide has the rest.",
            s => s.GuideWeight, (s, value) => s with { GuideWeight = value }),
        Setting.Real("guide_power", new RealRange(0, 100), "Power of the mean reward in the guide of guided-tb.",
            s => s.GuidePower, (s, value) => s with { GuidePower = value }),
        Setting.Real("led_dropout", new RealRange(0, 1, OpenAbove: true), "Share of the potentials that a fit of led-db and led-subtb leaves out.",
            s => s.LedDropout, (s, value) => s with { LedDropout = value }),
        Setting.Flag(OfflineName, "Learn from the lower part of the task's scores alone and ask the oracle nothing; --offline sets it.",
            s => s.Offline, (s, value) => s with { Offline = value }),
        Setting.Real("offline_quantile", Share, "Share of the objects that an offline campaign learns from, lowest first; 0 takes the papers' share.",
            s => s.OfflineQuantile, (s, value) => s with { OfflineQuantile = value }),
        Setting.Schedule(ExploreName, "The betas of exploration, for example uniform:1,3 or annealing:1,3,path=geometric,restarts=4.",
            s => s.Explore, (s, value) => s with { Explore = value }),
        Setting.Schedule(TrainName, "The betas of replay, in the same language as explore.",
            s => s.Train, (s, value) => s with { Train = value }),
        Setting.Whole("width", 1, 8192, "Hidden width of the networks.",
            s => s.Width, (s, value) => s with { Width = value }),
        Setting.Whole(WindowFeatureSpace.SettingName, 0, 16, "Widest window of adjacent symbols that is a feature of its own; 1 is single symbols, 0 chooses by the number of features.",
            s => s.FeatureWindow, (s, value) => s with { FeatureWindow = value }),
        Setting.Whole("batch", 1, 65536, "Trajectories proposed a round.",
            s => s.Batch, (s, value) => s with { Batch = value }),
        Setting.Whole(TrajectoriesPerBetaName, 1, 65536, "Consecutive trajectories of a batch that share one beta; vargrad needs at least 2 and takes 8.",
            s => s.TrajectoriesPerBeta, (s, value) => s with { TrajectoriesPerBeta = value }),
        Setting.Whole(ReplayBatchName, 0, 65536, "Objects replayed a round; 0 switches replay off.",
            s => s.ReplayBatch, (s, value) => s with { ReplayBatch = value }),
        Setting.Whole(StepsName, 1, 1000, "Gradient steps on each batch.",
            s => s.Steps, (s, value) => s with { Steps = value }),
        Setting.Real(EpsilonName, Share, "Probability that a step of an exploring trajectory is uniform over the children.",
            s => s.Epsilon, (s, value) => s with { Epsilon = value }),
        Setting.Real("learning_rate", StepSize, "Adam's step size for both policies.",
            s => s.LearningRate, (s, value) => s with { LearningRate = value }),
        Setting.Real("log_z_learning_rate", StepSize, "Adam's step size for the log Z head.",
            s => s.LogZLearningRate, (s, value) => s with { LogZLearningRate = value }),
        Setting.Real("flow_learning_rate", StepSize, "Adam's step size for the flows of states (db, subtb, fm, fl-*, led-*).",
            s => s.FlowLearningRate, (s, value) => s with { FlowLearningRate = value }),
        Setting.Real("potential_learning_rate", StepSize, "Adam's step size for the potentials of led-db and led-subtb.",
            s => s.PotentialLearningRate, (s, value) => s with { PotentialLearningRate = value }),
        Setting.Real("decay", Share, "Share of the step sizes left in the last planned round, reached along a cosine; 1 keeps them constant.",
            s => s.Decay, (s, value) => s with { Decay = value }),
        Setting.Real("clip_norm", new RealRange(0, 1e6, OpenBelow: true), "Largest gradient norm of each network.",
            s => s.ClipNorm, (s, value) => s with { ClipNorm = value }),
        Setting.Real("logit_clamp", new RealRange(0, 1e6, OpenBelow: true), "Logits are clamped to plus or minus this.",
            s => s.LogitClamp, (s, value) => s with { LogitClamp = value }),
        Setting.Choice("log_z_head", "How log Z is represented: a known line plus a learned residual, or a plain mlp of beta.",
            s => s.LogZHead, (s, value) => s with { LogZHead = value }),
        Setting.Real("replay_quantile", new RealRange(0, 1, OpenBelow: true, OpenAbove: true), "Rewards at or above this quantile are the top stratum of replay.",
            s => s.ReplayQuantile, (s, value) => s with { ReplayQuantile = value }),
        Setting.Real("replay_top_share", Share, "Share of a replayed batch drawn from the top stratum.",
            s => s.ReplayTopShare, (s, value) => s with { ReplayTopShare = value }),
        Setting.Whole("max_skipped_steps", 1, 1_000_000, "Gradient steps skipped in a row for non-finite values before the run stops.",
            s => s.MaxSkippedSteps, (s, value) => s with { MaxSkippedSteps = value }),
        Setting.Real("target_beta", BetaScheduleParser.Betas, "The beta that an unconditional policy (conditioning none) learns.",
            s => s.TargetBeta, (s, value) => s with { TargetBeta = value }),
        .. SearchSettingEntries.All,
        Setting.Whole("oracle_delay_ms", 0, 3_600_000, "Milliseconds that every new object takes at the oracle, beside its computation: to see how a slow oracle behaves.",
            s => s.OracleDelayMs, (s, value) => s with { OracleDelayMs = value }),
        Setting.Device("device", "Compute device; auto takes a GPU where one works, else cpu.",
            s => s.Device, (s, value) => s with { Device = value }),
        Setting.Whole("device_memory_mib", 1, 1_048_576, "Memory of a GPU, in MiB, that the campaign claims on a cluster.",
            s => s.DeviceMemoryMib, (s, value) => s with { DeviceMemoryMib = value }),
        Setting.Whole("threads", 0, 1024, "Threads of the engine; 0 takes the machine's processors. Results do not depend on it.",
            s => s.Threads, (s, value) => s with { Threads = value }),
        Setting.Whole("checkpoint_every", 1, 10_000_000, "Rounds between checkpoints.",
            s => s.CheckpointEvery, (s, value) => s with { CheckpointEvery = value }),
    ];

    /// <summary>Every setting as help shows it, in a fixed order.</summary>
    public static IReadOnlyList<SettingSummary> List { get; } = [.. Settings.Select(setting => setting.Summary)];

    /// <summary>Resolves text settings over a task's defaults.</summary>
    /// <exception cref="SettingException">A name is unknown, or a value malformed or out of range.</exception>
    public static LearnerSettings Resolve(DesignTask task, IReadOnlyDictionary<string, string> settings, CampaignPlan? plan = null)
    {
        var resolved = task.Defaults.Learner with { Width = task.Defaults.Width, Epsilon = task.Defaults.Epsilon };
        var recipe = Recipe(task, settings, resolved, plan);
        foreach (var setting in Settings)
        {
            // Also the defaults are written, so that schedules appear in their canonical text.
            resolved = setting.Write(resolved, settings.GetValueOrDefault(setting.Name) ?? recipe.GetValueOrDefault(setting.Name) ?? setting.Read(resolved));
        }

        var unknown = settings.Keys.FirstOrDefault(name => Settings.All(setting => setting.Name != name));
        if (unknown is not null)
        {
            var remedy = NameSuggestion.For(unknown, [.. Settings.Select(setting => setting.Name), .. task.Settings.Keys]);
            throw new SettingException(unknown, $"A setting of task {task.Name} has a known name; received '{unknown}'. {remedy}");
        }

        resolved = resolved.Conditioning == Conditioning.None ? FixBeta(resolved, settings) : resolved;
        resolved = FixObjective(FixMethod(resolved, settings), settings);
        resolved = resolved.Offline ? FixOffline(task, resolved, settings) : resolved;
        resolved = FixExplorer(resolved, settings);
        ObjectiveCatalog.RequireFit(task, resolved);
        SearchSettingEntries.RequireFit(resolved);
        WindowFeatureSpace.Of(task.Space, resolved.FeatureWindow);
        MethodCatalog.Create(task, resolved);
        MethodCatalog.CreateExplorers(task, resolved);
        return resolved;
    }

    /// <summary>Every setting as text, so that <see cref="Resolve"/> gives the same record again.</summary>
    public static IReadOnlyDictionary<string, string> Describe(LearnerSettings settings) =>
        Settings.ToImmutableSortedDictionary(setting => setting.Name, setting => setting.Read(settings), StringComparer.Ordinal);

    /// <summary>
    /// Reinforcement learning is an objective of its own, on the policy's own trajectories but for soft Q-learning. Nothing is replayed
    /// without a policy, and chains are annealed. What the user asked for counts, where the method allows it.
    /// </summary>
    private static LearnerSettings FixMethod(LearnerSettings resolved, IReadOnlyDictionary<string, string> settings)
    {
        var isLearning = MethodCatalog.IsReinforcementLearning(resolved.Method);
        if (isLearning != MethodCatalog.IsReinforcementLearning(resolved.Objective) || (isLearning && resolved.Method != resolved.Objective))
        {
            resolved = isLearning && !settings.ContainsKey(ObjectiveName)
                ? resolved with { Objective = resolved.Method }
                : throw SettingText.Refuse(ObjectiveName, $"the method's own with method={resolved.Method}", resolved.Objective, $"Leave {ObjectiveName} out, and choose the method with method=NAME");
        }

        if (isLearning)
        {
            return FixLearning(resolved, settings);
        }

        if (resolved.Method == MethodCatalog.GFlowNet)
        {
            return resolved;
        }

        var annealed = resolved.Method == MethodCatalog.Mcmc && !settings.ContainsKey(ExploreName) && resolved.Conditioning != Conditioning.None;
        return resolved with
        {
            ReplayBatch = 0,
            Explore = annealed ? BetaScheduleParser.Parse("annealing:1,3", ExploreName).Description : resolved.Explore,
        };
    }

    private static LearnerSettings FixLearning(LearnerSettings resolved, IReadOnlyDictionary<string, string> settings)
    {
        resolved = resolved with { BackwardPolicy = BackwardPolicy.Uniform };
        if (resolved.Method == MethodCatalog.SoftQLearning)
        {
            return resolved;
        }

        foreach (var name in new[] { ReplayBatchName, EpsilonName })
        {
            if (settings.TryGetValue(name, out var asked) && asked != "0")
            {
                throw SettingText.Refuse(name, $"0 with method={resolved.Method}, which learns from its own policy's trajectories", asked, $"Leave {name} out");
            }
        }

        return resolved with
        {
            ReplayBatch = 0,
            Epsilon = 0,
            Steps = resolved.Method == MethodCatalog.Ppo && !settings.ContainsKey(StepsName) ? MethodCatalog.PpoSteps : resolved.Steps,
        };
    }

    /// <summary>Two objectives are defined by a uniform P_B, and one by several trajectories of a beta, unless the user asked for another.</summary>
    private static LearnerSettings FixObjective(LearnerSettings resolved, IReadOnlyDictionary<string, string> settings)
    {
        if (resolved.Objective is TrajectoryBalance.MaximumEntropyName or FlowMatching.ObjectiveName && resolved.BackwardPolicy != BackwardPolicy.Uniform)
        {
            resolved = settings.TryGetValue(BackwardPolicyName, out var asked)
                ? throw SettingText.Refuse(BackwardPolicyName, $"uniform with the objective {resolved.Objective}", asked, $"Leave {BackwardPolicyName} out, or choose --objective tb")
                : resolved with { BackwardPolicy = BackwardPolicy.Uniform };
        }

        if (resolved.Objective == VarianceGradient.ObjectiveName && resolved.TrajectoriesPerBeta < 2)
        {
            resolved = settings.TryGetValue(TrajectoriesPerBetaName, out var asked)
                ? throw SettingText.Refuse(TrajectoriesPerBetaName, $"at least 2 with the objective {resolved.Objective}, which compares trajectories of one beta", asked, "Choose 2 or more")
                : resolved with { TrajectoriesPerBeta = VarianceGradient.DefaultTrajectoriesPerBeta };
        }

        return resolved;
    }

    private static ImmutableSortedDictionary<string, string> Recipe(DesignTask task, IReadOnlyDictionary<string, string> settings, LearnerSettings defaults, CampaignPlan? plan)
    {
        var name = SettingText.OneOf(RecipeCatalog.SettingName, settings.GetValueOrDefault(RecipeCatalog.SettingName, defaults.Recipe), RecipeCatalog.Names);
        var conditioning = settings.GetValueOrDefault(ConditioningName) ?? SettingText.Format(defaults.Conditioning);
        var recipe = RecipeCatalog.Settings(name, settings.GetValueOrDefault(OfflineName) == "true", conditioning != SettingText.Format(Conditioning.None));
        if (recipe.ContainsKey(MethodCatalog.ExplorerName) && !ProposesOtherwise(settings) && ExhaustiveRecipe.Fits(task.Space, plan))
        {
            recipe = ExhaustiveRecipe.Over(recipe, task.Space, plan!, settings);
        }

        recipe = RecipeCatalog.Under(recipe, settings);
        recipe = MethodCatalog.Fits(task.Space) ? recipe : recipe.Remove(MethodCatalog.ExplorerName);
        return WindowFeatureSpace.Fits(task.Space) ? recipe : recipe.Remove(WindowFeatureSpace.SettingName);
    }

    /// <summary>True where the user asks for rounds that a policy does not propose with an explorer beside it.</summary>
    private static bool ProposesOtherwise(IReadOnlyDictionary<string, string> settings) =>
        settings.GetValueOrDefault("method", MethodCatalog.GFlowNet) != MethodCatalog.GFlowNet || settings.GetValueOrDefault("searchers", "0") != "0";

    /// <summary>An offline campaign is replay alone, at the betas the papers train at unless the user asked for others.</summary>
    private static LearnerSettings FixOffline(DesignTask task, LearnerSettings resolved, IReadOnlyDictionary<string, string> settings)
    {
        OfflineData.Require(task);
        if (resolved.Method != MethodCatalog.GFlowNet)
        {
            throw SettingText.Refuse(OfflineName, $"false with method={resolved.Method}, which learns from what it proposes", "true", $"Leave {OfflineName} out, or set method={MethodCatalog.GFlowNet}");
        }

        if (resolved.ReplayBatch == 0)
        {
            throw SettingText.Refuse(ReplayBatchName, "at least 1 in an offline campaign, which only replays", "0", $"Leave {ReplayBatchName} out");
        }

        return settings.ContainsKey(TrainName) || resolved.Conditioning == Conditioning.None
            ? resolved
            : resolved with { Train = BetaScheduleParser.Parse(OfflineBetas, TrainName).Description };
    }

    /// <summary>Only a GFlowNet that proposes its rounds itself has an explorer beside it, whatever a recipe says.</summary>
    private static LearnerSettings FixExplorer(LearnerSettings resolved, IReadOnlyDictionary<string, string> settings)
    {
        var why = resolved.Method != MethodCatalog.GFlowNet ? $"with method={resolved.Method}, which learns from what it proposes itself"
            : resolved.Offline ? "in an offline campaign, which proposes nothing"
            : resolved.Search.Searchers > 0 ? "with searchers, which propose all of a round"
            : null;
        if (why is null || resolved.Explorer == MethodCatalog.NoExplorer)
        {
            return resolved;
        }

        return settings.TryGetValue(MethodCatalog.ExplorerName, out var asked)
            ? throw SettingText.Refuse(MethodCatalog.ExplorerName, $"{MethodCatalog.NoExplorer} {why}", asked, $"Leave {MethodCatalog.ExplorerName} out")
            : resolved with { Explorer = MethodCatalog.NoExplorer };
    }

    /// <summary>An unconditional policy knows one beta: both schedules are constant there, unless the user asked for another.</summary>
    private static LearnerSettings FixBeta(LearnerSettings resolved, IReadOnlyDictionary<string, string> settings)
    {
        var only = new ConstantSchedule(resolved.TargetBeta).Description;
        foreach (var (name, schedule) in new[] { (ExploreName, resolved.Explore), (TrainName, resolved.Train) })
        {
            if (settings.ContainsKey(name) && schedule != only)
            {
                throw new SettingException(
                    name,
                    $"With {ConditioningName}=none, {name} is {only}, the one beta learned (target_beta); received '{settings[name]}'. "
                    + $"Leave {name} out and set target_beta, or choose conditioning=logit.");
            }
        }

        return resolved with { Explore = only, Train = only };
    }
}
