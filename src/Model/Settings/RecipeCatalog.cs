using System.Collections.Immutable;

using Tempera.Model.Baselines;

namespace Tempera.Model.Settings;

/// <summary>Named sets of settings. A recipe stands over the defaults of the task and under whatever the user names.</summary>
public static class RecipeCatalog
{
    /// <summary>Name of the setting.</summary>
    public const string SettingName = "recipe";

    /// <summary>The defaults of the task, which for the published tasks are the published settings.</summary>
    public const string Task = "task";

    /// <summary>What measured best; see docs/method.md for how it was found.</summary>
    public const string Default = "default";

    /// <summary>The released code of Kim et al. 2024 (arXiv 2310.02823), the plain head of log Z included.</summary>
    public const string Reference = "reference";

    private static readonly ImmutableSortedDictionary<string, string> Learning = Of(
        "learning_rate=0.003", "decay=0.02", "huber=0.3", "beta_input=log", "replay_batch=128");

    // Fewer betas are far from those trained at when a network sees their logarithm, and a policy that is asked for beta 5000 must not be clamped.
    private static readonly ImmutableSortedDictionary<string, string> Offline = Of(
        "learning_rate=0.001", "decay=0.02", "beta_input=log", "replay_batch=128", "feature_window=2", "logit_rank=1", "logit_clamp=1000000");

    private static readonly ImmutableSortedDictionary<string, string> Discovery = Learning.SetItems(Of(
        "replay_top_share=0.25", "feature_window=0", "logit_rank=4", "train=uniform:1,4", "explore=annealing-reverse:1,5", $"{MethodCatalog.ExplorerName}={MethodCatalog.MixedExplorer}"));

    private static readonly string[] AddedLater = [MethodCatalog.ExplorerName, "explorer_share", "explorer_ramp"];

    private static readonly ImmutableSortedDictionary<string, string> Published = Of(
        "objective=tb", "parametrization=ssr", "conditioning=logit", "logit_rank=1", "log_z_head=mlp", "batch=32", "replay_batch=32", "steps=1",
        "learning_rate=0.0001", "log_z_learning_rate=0.01", "decay=1", "clip_norm=10", "logit_clamp=20", "replay_quantile=0.9", "replay_top_share=0.5");

    /// <summary>Names of the recipes, in the order users see them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Task, Default, Reference];

    /// <summary>
    /// The settings of a recipe under what is given. A campaign that began before a recipe got a setting names all that the recipe
    /// had then, and goes on as it began.
    /// </summary>
    /// <param name="recipe">Settings of the recipe.</param>
    /// <param name="given">Settings that a user or a stored campaign names.</param>
    public static ImmutableSortedDictionary<string, string> Under(ImmutableSortedDictionary<string, string> recipe, IReadOnlyDictionary<string, string> given)
    {
        var first = recipe.RemoveRange(AddedLater);
        return first.Count > 0 && first.Keys.All(given.ContainsKey) ? first : recipe;
    }

    /// <summary>The settings of a recipe.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="offline">True for a campaign that learns from given data alone.</param>
    /// <param name="conditional">False for a policy of one beta, which has no schedules to choose.</param>
    public static ImmutableSortedDictionary<string, string> Settings(string name, bool offline, bool conditional) => name switch
    {
        Default => offline ? Offline : conditional ? Discovery : Discovery.RemoveRange(["train", "explore"]),
        Reference => offline || !conditional ? Published : Published.SetItems(Of("explore=uniform:1,3", "train=uniform:1,3")),
        _ => ImmutableSortedDictionary<string, string>.Empty,
    };

    private static ImmutableSortedDictionary<string, string> Of(params string[] settings) => settings
        .Select(static text => text.Split('=', 2))
        .ToImmutableSortedDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
}
