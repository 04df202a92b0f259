namespace Tempera.Model.Settings;

/// <summary>Where the rungs of a beta ladder stand between the ends of P_exp.</summary>
public enum LadderKind
{
    /// <summary>The same ratio between neighbours.</summary>
    Geometric,

    /// <summary>The same difference between neighbours.</summary>
    Linear,

    /// <summary>Geometric at first, then moved so that neighbours would exchange objects equally often.</summary>
    Adaptive,
}
