using Tempera.Model.Spaces;

namespace Tempera.Model.Modes;

/// <summary>Number of symbols in which two sequences of one length differ.</summary>
/// <param name="symbols">Size of the alphabet.</param>
public sealed class HammingDistance(int symbols) : IObjectDistance
{
    private readonly int _bits = PackedSequence.BitsPerSymbol(symbols);
    private readonly UInt128 _lowest = LowestBits(PackedSequence.BitsPerSymbol(symbols));

    /// <inheritdoc/>
    public string Name => "Hamming distance";

    /// <inheritdoc/>
    public Func<int, int, double> Between(IReadOnlyList<UInt128> objects) => (i, j) => Of(objects[i], objects[j]);

    /// <summary>The distance of two packed sequences.</summary>
    public int Of(UInt128 left, UInt128 right)
    {
        // Each symbol that differs leaves its lowest bit set, whichever of its bits differ.
        var different = PackedSequence.Letters(left ^ right);
        var folded = different;
        for (var bit = 1; bit < _bits; bit++)
        {
            folded |= different >> bit;
        }

        return (int)UInt128.PopCount(folded & _lowest);
    }

    private static UInt128 LowestBits(int bits)
    {
        var mask = UInt128.Zero;
        for (var i = 0; i < PackedSequence.MaxLength(bits); i++)
        {
            mask |= UInt128.One << (i * bits);
        }

        return mask;
    }
}
