using Tempera.Model.Spaces;

namespace Tempera.Model.Oracles.Synthetic;

/// <summary>
/// Scores the first m of n bits by what they have already missed: exp(-d / n), d the smallest Hamming distance to the first m
/// bits of a mode. It is the best score that can still be reached, so it never grows along a trajectory and ends at the object's own.
/// </summary>
internal sealed class BitPrefixOracle(BitSequenceOracle oracle, int bits, int word, IReadOnlyList<UInt128> modes) : IOracle
{
    private readonly UInt128[] _modes = [.. modes.Select(PackedSequence.Letters)];

    /// <inheritdoc/>
    public string Version => "prefix of " + oracle.Version;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
    {
        for (var i = 0; i < objects.Length; i++)
        {
            var mask = (UInt128.One << (PackedSequence.Length(objects[i]) * word)) - UInt128.One;
            var letters = PackedSequence.Letters(objects[i]);
            var nearest = bits;
            foreach (var mode in _modes)
            {
                nearest = Math.Min(nearest, (int)UInt128.PopCount(letters ^ (mode & mask)));
            }

            scores[i] = Math.Exp(-nearest / (double)bits);
        }
    }
}
