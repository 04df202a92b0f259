namespace Tempera.Model.Oracles;

/// <summary>A computable oracle: a pure function from terminal objects to raw scores.</summary>
/// <remarks>Implementations are safe to call from several threads at once and deterministic.</remarks>
public interface IOracle
{
    /// <summary>Name and version; a score is only reused under the same one.</summary>
    string Version { get; }

    /// <summary>Writes the raw score of each object. Both spans have the same length.</summary>
    void Score(ReadOnlySpan<UInt128> objects, Span<double> scores);
}
