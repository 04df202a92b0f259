namespace Tempera.Model.Settings;

/// <summary>How a policy scores an edge s -> s'.</summary>
public enum Parametrization
{
    /// <summary>State to state: encoder MLP z(s), scorer MLP u([z(s), z(s')]), one logit per unique child (Shen et al. 2023).</summary>
    Ssr,

    /// <summary>State-action: one MLP with a logit per action; actions with one child are merged by logsumexp.</summary>
    Sa,
}
