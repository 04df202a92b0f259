using System.Globalization;
using Tempera.Model.Spaces;

namespace Tempera.Model.Oracles.Synthetic;

/// <summary>
/// Scores a sequence of n bits by its nearest mode: exp(-d / n) in (0, 1], d the smallest Hamming distance to a mode.
/// </summary>
/// <remarks>After Malkin et al. 2022 (arXiv 2201.13259), section 5.3, with the Hamming distance.</remarks>
public sealed class BitSequenceOracle : IOracle
{
    private readonly UInt128[] _modes;
    private readonly double[] _scores;

    /// <summary>Modes as packed letters, bit j being character j.</summary>
    public BitSequenceOracle(int bits, IEnumerable<UInt128> modes)
    {
        _modes = [.. modes.Select(PackedSequence.Letters)];
        _scores = [.. Enumerable.Range(0, bits + 1).Select(distance => Math.Exp(-distance / (double)bits))];
        var checksum = _modes.Aggregate(14695981039346656037UL, (hash, mode) => ((hash ^ (ulong)mode) * 1099511628211UL ^ (ulong)(mode >> 64)) * 1099511628211UL);
        Version = string.Create(CultureInfo.InvariantCulture, $"bits/1 bits={bits} modes={_modes.Length} checksum={checksum:x16}");
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <summary>Smallest Hamming distance to a mode.</summary>
    public int Distance(UInt128 terminal)
    {
        var letters = PackedSequence.Letters(terminal);
        var nearest = int.MaxValue;
        foreach (var mode in _modes)
        {
            nearest = Math.Min(nearest, (int)UInt128.PopCount(letters ^ mode));
        }

        return nearest;
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
    {
        for (var i = 0; i < objects.Length; i++)
        {
            scores[i] = _scores[Distance(objects[i])];
        }
    }
}
