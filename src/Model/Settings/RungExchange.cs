namespace Tempera.Model.Settings;

/// <summary>Whether searchers change their rungs with one another.</summary>
public enum RungExchange
{
    /// <summary>Each keeps its rung.</summary>
    None,

    /// <summary>Neighbours change places with the probability of parallel tempering.</summary>
    Metropolis,
}
