namespace Tempera.Model.Settings;

/// <summary>What a campaign is to do in all, where a recipe looks at it.</summary>
/// <param name="Rounds">Rounds planned.</param>
/// <param name="Budget">Unique oracle calls it may make; null where nobody said.</param>
public sealed record CampaignPlan(int Rounds, long? Budget);
