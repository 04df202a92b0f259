namespace Tempera.Model.Schedules;

/// <summary>How the centre of an annealing schedule goes from a to b with t in [0, 1].</summary>
public enum AnnealingPath
{
    /// <summary>a + (b - a) t.</summary>
    Linear,

    /// <summary>a (b / a)^t: equal ratios in equal times.</summary>
    Geometric,

    /// <summary>a + (b - a) (1 - cos(pi t)) / 2: slow at both ends.</summary>
    Cosine,
}
