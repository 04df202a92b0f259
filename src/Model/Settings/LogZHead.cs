namespace Tempera.Model.Settings;

/// <summary>How log Z(beta) is represented.</summary>
public enum LogZHead
{
    /// <summary>A known part, intercept + slope beta, fixed from the first round's objects, plus an MLP remainder.</summary>
    Residual,

    /// <summary>The reference's choice: an MLP on beta alone.</summary>
    Mlp,
}
