namespace Tempera.Model.Settings;

/// <summary>How a policy depends on beta (Kim et al. 2024).</summary>
public enum Conditioning
{
    /// <summary>Logit-GFN: logit = f(beta) u(s, s').</summary>
    Logit,

    /// <summary>Layer-GFN: a code of beta is an input of the scorer.</summary>
    Layer,

    /// <summary>Both.</summary>
    LogitLayer,

    /// <summary>Layer-GFN with a thermometer code of 32 bins in place of a learned one.</summary>
    Thermometer,

    /// <summary>No dependence: one fixed target beta and a scalar log Z.</summary>
    None,
}
