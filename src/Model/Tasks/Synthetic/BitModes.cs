using Tempera.Model.Random;

namespace Tempera.Model.Tasks.Synthetic;

/// <summary>
/// The fixed modes of the bit sequences: random concatenations of the words 00000000, 11111111, 11110000, 00001111 and
/// 00111100, cut to n bits where 8 does not divide n; distinct, and the same on every machine.
/// </summary>
/// <remarks>Malkin et al. 2022 (arXiv 2201.13259), section 5.3, whose n is 120 with 60 modes.</remarks>
internal static class BitModes
{
    private const int WordBits = 8;

    // Bit j is character j of the word.
    private static readonly byte[] Words = [0b00000000, 0b11111111, 0b00001111, 0b11110000, 0b00111100];

    /// <summary>At most <paramref name="wanted"/> modes as packed letters: short sequences have fewer.</summary>
    public static IReadOnlyList<UInt128> Create(int bits, int wanted)
    {
        var stream = new RandomStreams(0).At("bit-modes", bits);
        var count = (int)Math.Min(wanted, Available(bits));
        var modes = new List<UInt128>();
        for (var position = 0UL; modes.Count < count;)
        {
            var letters = UInt128.Zero;
            for (var shift = 0; shift < bits; shift += WordBits)
            {
                letters |= (UInt128)Words[stream.Below(position++, Words.Length)] << shift;
            }

            letters &= (UInt128.One << bits) - UInt128.One;
            if (!modes.Contains(letters))
            {
                modes.Add(letters);
            }
        }

        return modes;
    }

    /// <summary>Distinct sequences that can be made of the words.</summary>
    private static double Available(int bits)
    {
        var cut = bits % WordBits;
        var lastWords = Words.Select(word => word & ((1 << cut) - 1)).Distinct().Count();
        return Math.Pow(Words.Length, bits / WordBits) * lastWords;
    }
}
