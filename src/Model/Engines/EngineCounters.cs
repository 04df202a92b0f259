namespace Tempera.Model.Engines;

/// <summary>Work an engine has done since the last <see cref="Reset"/>.</summary>
public sealed class EngineCounters
{
    /// <summary>Floating-point operations of matrix products, counted: 2 m n k each.</summary>
    public long MatrixFlops { get; set; }

    /// <summary>Logits computed for trajectory steps.</summary>
    public long Logits { get; set; }

    /// <summary>Those that the clamp changed.</summary>
    public long ClampedLogits { get; set; }

    /// <summary>Sets everything to zero.</summary>
    public void Reset() => (MatrixFlops, Logits, ClampedLogits) = (0, 0, 0);
}
