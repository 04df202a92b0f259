using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tempera.Model.Molecules;

/// <summary>A set of 1,024 bits that says which circular environments a molecule has (Morgan, radius 2).</summary>
public sealed class Fingerprint
{
    /// <summary>Number of bits.</summary>
    public const int Bits = 1024;

    private readonly ulong[] _words = new ulong[Bits / 64];

    /// <summary>Bits that are 1.</summary>
    public int Count { get; private set; }

    /// <summary>Indices of the bits that are 1, ascending.</summary>
    public IEnumerable<int> On => Enumerable.Range(0, Bits).Where(bit => (_words[bit >> 6] >> (bit & 63) & 1) != 0);

    /// <summary>Adds bits; meant for whoever makes the fingerprint.</summary>
    /// <exception cref="ArgumentException">A bit is not 0 to 1023.</exception>
    internal void Add(ReadOnlySpan<short> bits)
    {
        foreach (var bit in bits)
        {
            if (bit is < 0 or >= Bits)
            {
                throw new ArgumentException($"A fingerprint has bits 0 to {Bits - 1}; received {bit}. Correct the table of windows.", nameof(bits));
            }

            var mask = 1UL << (bit & 63);
            Count += (_words[bit >> 6] & mask) == 0 ? 1 : 0;
            _words[bit >> 6] |= mask;
        }
    }

    /// <summary>Tanimoto similarity |A and B| / |A or B|; 1 for two empty sets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Tanimoto(Fingerprint left, Fingerprint right)
    {
        var common = 0;
        for (var i = 0; i < left._words.Length; i++)
        {
            common += BitOperations.PopCount(left._words[i] & right._words[i]);
        }

        var either = left.Count + right.Count - common;
        return either == 0 ? 1 : common / (double)either;
    }
}
