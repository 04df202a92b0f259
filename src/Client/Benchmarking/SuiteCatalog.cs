using System.Collections.Immutable;

namespace Tempera.Client.Benchmarking;

/// <summary>The suites by the name a user types. A new suite is one entry here.</summary>
internal static class SuiteCatalog
{
    private const string Logit = "conditioning=logit", Layer = "conditioning=layer", None = "conditioning=none";
    private const string ToThree = "uniform:1,3", ToTen = "uniform:1,10";

    private static readonly ImmutableArray<SuiteTask> TfBind8 = [new("tfbind8", 2000)];

    private static readonly SuiteArm Recipe = SuiteArm.Of("default recipe", "recipe=default");

    /// <summary>All suites, in the order users see them.</summary>
    public static ImmutableArray<Suite> All { get; } =
    [
        new("online", "How many modes does each method find for how many oracle calls?")
        {
            Tasks = [.. TfBind8, new("qm9str", 2000), new("sehstr", 2000), new("rna1", 5000), new("rna2", 5000), new("rna3", 5000), new("ehrlich", 2000)],
            Arms =
            [
                SuiteArm.Of("Logit-GFN", Logit), Recipe, SuiteArm.Of("Layer-GFN", Layer), SuiteArm.Of("unconditional GFN", None),
                SuiteArm.Of("random", "method=random"), SuiteArm.Of("genetic algorithm", "method=ga"), SuiteArm.Of("annealed MCMC", "method=mcmc"),
                SuiteArm.Of("A2C", "method=a2c"), SuiteArm.Of("PPO", "method=ppo"), SuiteArm.Of("soft Q-learning", "method=sql"),
            ],
        },
        new("schedules", "What does each exploration schedule P_exp buy, simulated annealing included?")
        {
            Tasks = TfBind8,
            Arms =
            [
                SuiteArm.Of("uniform", "explore=uniform:1,3"), SuiteArm.Of("constant 1", "explore=constant:1"), SuiteArm.Of("constant 3", "explore=constant:3"),
                SuiteArm.Of("log-uniform", "explore=log-uniform:1,3"), SuiteArm.Of("exp-tilted", "explore=exp-tilted:1,3"),
                SuiteArm.Of("clipped normal", "explore=clipped-normal:1,3"), SuiteArm.Of("annealing", "explore=annealing:1,3"),
                SuiteArm.Of("annealing geometric", "explore=annealing:1,3,path=geometric"), SuiteArm.Of("annealing cosine", "explore=annealing:1,3,path=cosine"),
                SuiteArm.Of("annealing 4 restarts", "explore=annealing:1,3,restarts=4"), SuiteArm.Of("annealing adaptive", "explore=annealing:1,3,adaptive=true"),
                SuiteArm.Of("annealing reverse", "explore=annealing-reverse:1,3"),
            ],
        },
        new("conditioning", "How do the ways to condition on beta learn, and how stable are they over a wider range of beta?")
        {
            Tasks = TfBind8,
            Arms =
            [
                .. new[] { "logit", "layer", "logit-layer", "thermometer" }.SelectMany(static kind => new[] { ToThree, ToTen }.Select(range =>
                    SuiteArm.Of($"{kind}, beta {range[8..].Replace(",", " to ", StringComparison.Ordinal)}", $"conditioning={kind}", $"explore={range}", $"train={range}"))),
                SuiteArm.Of("none, beta 1", None), SuiteArm.Of("logit rank 4, beta 1 to 3", Logit, "logit_rank=4"),
                SuiteArm.Of("logit rank 4, beta 1 to 10", Logit, "logit_rank=4", $"explore={ToTen}", $"train={ToTen}"),
            ],
        },
        new("offline", "Trained on the worse half of the data, what does a policy reach at betas it has never seen?")
        {
            Tasks = [new("tfbind8", 1000)],
            Betas = [1, 5, 10, 50, 100, 500, 1000, 5000],
            IsOffline = true,
            Arms =
            [
                SuiteArm.Of("Logit-GFN", "offline=true", Logit), SuiteArm.Of("default recipe", "offline=true", "recipe=default"),
                SuiteArm.Of("Layer-GFN", "offline=true", Layer), SuiteArm.Of("unconditional, beta 50", "offline=true", None, "target_beta=50"),
                SuiteArm.Of("Logit-GFN without clamp", "offline=true", Logit, "logit_clamp=1000000"),
            ],
        },
        new("steps", "Do K gradient steps a batch pay?")
        {
            Tasks = TfBind8,
            Arms = [.. new[] { 1, 2, 4 }.Select(static k => SuiteArm.Of($"K = {k}", $"steps={k}"))],
        },
        new("parametrization", "Is a state-to-state scorer (SSR) better than state-action logits (SA)?")
        {
            Tasks = TfBind8,
            Arms =
            [
                SuiteArm.Of("SSR, logit", Logit, "parametrization=ssr"), SuiteArm.Of("SA, logit", Logit, "parametrization=sa"),
                SuiteArm.Of("SSR, unconditional", None, "parametrization=ssr"), SuiteArm.Of("SA, unconditional", None, "parametrization=sa"),
            ],
        },
        new("replay", "Does prioritised replay training (PRT) pay?")
        {
            Tasks = TfBind8,
            Arms =
            [
                SuiteArm.Of("PRT"), SuiteArm.Of("uniform replay", "replay_top_share=0.1"), SuiteArm.Of("no replay", "replay_batch=0"),
                SuiteArm.Of("no replay, K = 2", "replay_batch=0", "steps=2"), SuiteArm.Of("PRT, 128 replayed", "replay_batch=128"),
            ],
        },
        new("objectives", "Which objective finds modes soonest, and which fits the target best?")
        {
            Tasks = TfBind8,
            Arms = [.. new[] { "tb", "db", "subtb", "vargrad", "maxent", "guided-tb" }.Select(static name => SuiteArm.Of(name, $"objective={name}"))],
        },
        new("budget", "What does the default recipe make of a budget that pays for nearly all of a space?")
        {
            Tasks = TfBind8,
            Arms = [Recipe, Recipe with { Label = "default recipe, budget 64,000", Budget = 64_000 }],
        },
    ];
}
