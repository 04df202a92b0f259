namespace Tempera.Model.Settings;

/// <summary>How the networks are told beta.</summary>
public enum BetaInput
{
    /// <summary>The reference's choice: beta itself.</summary>
    Raw,

    /// <summary>The natural logarithm of beta, so that a factor counts the same at every beta and queries far outside the training range are near it.</summary>
    Log,
}
