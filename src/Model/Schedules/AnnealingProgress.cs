namespace Tempera.Model.Schedules;

/// <summary>What an annealing schedule counts.</summary>
public enum AnnealingProgress
{
    /// <summary>Rounds of those planned.</summary>
    Rounds,

    /// <summary>Unique oracle calls of the budget; rounds where the campaign has no budget.</summary>
    Budget,
}
