using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tempera.Model.Spaces;

/// <summary>
/// A sequence of up to 120 / b symbols of b bits each, packed in one integer: symbol i (0 = leftmost) at bits
/// [i b, (i + 1) b), the length in bits 120..127, every other bit 0.
/// </summary>
/// <remarks>
/// The shifts work on the two 64-bit halves: a symbol has 1 to 8 bits, so the general 128-bit shift with its branches is
/// needed only where the amount depends on the length.
/// </remarks>
public static class PackedSequence
{
    /// <summary>Bits that hold symbols.</summary>
    public const int LetterBits = 120;

    private const int LengthShift = LetterBits - 64;
    private const ulong UpperLetters = (1UL << LengthShift) - 1;

    /// <summary>Bits a symbol takes: ceil(log2 <paramref name="alphabetSize"/>), at least 1.</summary>
    public static int BitsPerSymbol(int alphabetSize) => Math.Max(1, BitOperations.Log2((uint)Math.Max(alphabetSize - 1, 1)) + 1);

    /// <summary>Most symbols of this many bits that fit.</summary>
    public static int MaxLength(int bitsPerSymbol) => LetterBits / bitsPerSymbol;

    /// <summary>Number of symbols.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(UInt128 sequence) => (int)(Upper(sequence) >> LengthShift);

    /// <summary>The symbols without the length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 Letters(UInt128 sequence) => new(Upper(sequence) & UpperLetters, (ulong)sequence);

    /// <summary>A sequence of <paramref name="length"/> symbols from the packed <paramref name="letters"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 Create(UInt128 letters, int length) =>
        new(Upper(letters) | ((ulong)length << LengthShift), (ulong)letters);

    /// <summary>Packs symbol indices, leftmost first.</summary>
    public static UInt128 Create(ReadOnlySpan<int> symbols, int bitsPerSymbol)
    {
        var letters = UInt128.Zero;
        for (var i = symbols.Length - 1; i >= 0; i--)
        {
            letters = (letters << bitsPerSymbol) | (uint)symbols[i];
        }

        return Create(letters, symbols.Length);
    }

    /// <summary>The symbol at a position, 0 being the leftmost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Symbol(UInt128 sequence, int position, int bitsPerSymbol) =>
        (int)(ulong)(sequence >> (position * bitsPerSymbol)) & ((1 << bitsPerSymbol) - 1);

    /// <summary>Writes the symbols, leftmost first; returns how many.</summary>
    public static int GetSymbols(UInt128 sequence, int bitsPerSymbol, Span<int> symbols)
    {
        symbols = symbols[..Length(sequence)];
        var (lower, upper, mask) = ((ulong)sequence, Upper(sequence), (1 << bitsPerSymbol) - 1);
        for (var i = 0; i < symbols.Length; i++)
        {
            symbols[i] = (int)lower & mask;
            lower = (lower >> bitsPerSymbol) | (upper << (64 - bitsPerSymbol));
            upper >>= bitsPerSymbol;
        }

        return symbols.Length;
    }

    /// <summary>The sequence with a symbol added on the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 Prepend(UInt128 sequence, int symbol, int bitsPerSymbol)
    {
        var (lower, upper) = ((ulong)sequence, Upper(sequence));
        var shifted = ((upper & UpperLetters) << bitsPerSymbol) | (lower >> (64 - bitsPerSymbol));
        return new UInt128(shifted | (((upper >> LengthShift) + 1) << LengthShift), (lower << bitsPerSymbol) | (uint)symbol);
    }

    /// <summary>The sequence with a symbol added on the right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 Append(UInt128 sequence, int symbol, int bitsPerSymbol)
    {
        var added = (UInt128)(uint)symbol << (Length(sequence) * bitsPerSymbol);
        return new UInt128((Upper(sequence) | Upper(added)) + (1UL << LengthShift), (ulong)sequence | (ulong)added);
    }

    /// <summary>The sequence, of at least one symbol, without its leftmost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 RemoveFirst(UInt128 sequence, int bitsPerSymbol)
    {
        var (lower, upper) = ((ulong)sequence, Upper(sequence));
        var letters = upper & UpperLetters;
        return new UInt128(
            (letters >> bitsPerSymbol) | (((upper >> LengthShift) - 1) << LengthShift),
            (lower >> bitsPerSymbol) | (letters << (64 - bitsPerSymbol)));
    }

    /// <summary>The sequence, of at least one symbol, without its rightmost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 RemoveLast(UInt128 sequence, int bitsPerSymbol)
    {
        var length = Length(sequence) - 1;
        var kept = sequence & ((UInt128.One << (length * bitsPerSymbol)) - UInt128.One);
        return new UInt128(Upper(kept) | ((ulong)length << LengthShift), (ulong)kept);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Upper(UInt128 value) => (ulong)(value >> 64);
}
