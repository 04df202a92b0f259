using System.Collections.Immutable;
using Tempera.Model.Baselines;
using Tempera.Model.Spaces;

namespace Tempera.Model.Settings;

/// <summary>
/// What the default recipe sets beside the rest where a campaign's budget pays for nearly all of a space: then there is no choice to be made of what
/// to measure, and what remains to be had is the whole distribution, exact at every beta.
/// </summary>
/// <remarks>
/// Every object has a feature of its own, so that a network can know each score; larger rounds learn more from the policy's own objects; random objects
/// not seen yet are added early enough to be learned. docs/performance.md has what each is worth on tfbind8.
/// </remarks>
internal static class ExhaustiveRecipe
{
    /// <summary>Share of the space that the budget must reach.</summary>
    public const double Payable = 0.9;

    /// <summary>
    /// Most objects of such a space. The weights take 40 KB an object, checkpoints 6 KB; and of the 161,051 molecules of qm9str the recipe without this knows
    /// the distribution from a sixth of them.
    /// </summary>
    public const double MostObjects = 131_072;

    private const int Batch = 128;
    private const string BatchName = "batch";

    // Of the space, three tenths and more are found by the policy; the explorer's share times what is left of the rounds after its ramp must be the rest.
    private const double Explored = 0.7;
    private const double Ramp = 0.3;

    /// <summary>Whether a campaign pays for nearly all of its space, and each object can have a feature.</summary>
    public static bool Fits(IDesignSpace space, CampaignPlan? plan) =>
        plan?.Budget is { } budget && space is IPositionalSpace strings && WindowFeatureSpace.Fits(space)
        && Math.Exp(space.LogObjectCount) is var objects && budget >= Payable * objects && objects <= MostObjects && WindowFeatureSpace.Widest(space) == strings.Positions;

    /// <summary>The settings.</summary>
    public static ImmutableSortedDictionary<string, string> Over(
        ImmutableSortedDictionary<string, string> recipe, IDesignSpace space, CampaignPlan plan, IReadOnlyDictionary<string, string> given)
    {
        var batch = int.TryParse(given.GetValueOrDefault(BatchName), out var asked) && asked > 0 ? asked : Batch;
        var share = Explored * Math.Exp(space.LogObjectCount) / ((1 - (Ramp / 2)) * plan.Rounds * (double)batch);
        return recipe.SetItems(
        [
            new(BatchName, SettingText.Format(Batch)),
            new("replay_batch", "1024"),
            new("learning_rate", "0.001"),
            new(WindowFeatureSpace.SettingName, SettingText.Format(WindowFeatureSpace.Widest(space))),
            new(MethodCatalog.ExplorerName, MethodCatalog.Unseen),
            new("explorer_share", SettingText.Format(Math.Clamp(Math.Round(share, 3), 1.0 / batch, 1))),
            new("explorer_ramp", SettingText.Format(Ramp)),
        ]);
    }
}
