namespace Tempera.Model.Settings;

/// <summary>Where P_B comes from.</summary>
public enum BackwardPolicy
{
    /// <summary>A network of its own, trained with P_F.</summary>
    Learned,

    /// <summary>Uniform over the unique parents of a state; no network.</summary>
    Uniform,
}
