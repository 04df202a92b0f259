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

    /// <summary>Times the host waited for a device to finish; 0 for an engine that has none.</summary>
    public long Waits { get; set; }

    /// <summary>How long it waited, where the engine was given a clock.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>Sets everything to zero.</summary>
    public void Reset() => (MatrixFlops, Logits, ClampedLogits, Waits, Waited) = (0, 0, 0, 0, TimeSpan.Zero);
}
