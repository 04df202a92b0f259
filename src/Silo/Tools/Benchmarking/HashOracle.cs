using Tempera.Model.Oracles;

namespace Tempera.Silo.Tools.Benchmarking;

/// <summary>A score in (0, 1] from a hash of the object (the finaliser of SplitMix64): costs next to nothing and needs no data.</summary>
/// <remarks>Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators".</remarks>
internal sealed class HashOracle : IOracle
{
    /// <inheritdoc/>
    public string Version => "hash 1";

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
    {
        for (var i = 0; i < objects.Length; i++)
        {
            var z = (ulong)objects[i] + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            scores[i] = (((z ^ (z >> 31)) >> 11) + 1) * (1.0 / (1UL << 53));
        }
    }
}
