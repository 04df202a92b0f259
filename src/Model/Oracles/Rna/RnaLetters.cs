namespace Tempera.Model.Oracles.Rna;

/// <summary>RNA letters and base pairs as the indices that energy tables use.</summary>
public static class RnaLetters
{
    /// <summary>The bases; a letter's index is its position here.</summary>
    public const string Alphabet = "ACGU";

    /// <summary>Number of bases.</summary>
    public const int Count = 4;

    /// <summary>Number of pair types.</summary>
    public const int PairCount = 6;

    /// <summary>The pair types in the order of the tables, first base on the strand named first.</summary>
    public static IReadOnlyList<string> Pairs { get; } = ["CG", "GC", "GU", "UG", "AU", "UA"];

    private static ReadOnlySpan<sbyte> PairTypes =>
    [
        -1, -1, -1, 4,
        -1, -1, 0, -1,
        -1, 1, -1, 2,
        5, -1, 3, -1,
    ];

    /// <summary>Type of the pair of two bases, or -1 when they do not pair.</summary>
    public static int Pair(int first, int second) => PairTypes[first * Count + second];

    /// <summary>Indices of the letters of a sequence.</summary>
    /// <exception cref="ArgumentException">The sequence is empty or holds another character.</exception>
    public static byte[] Parse(string sequence)
    {
        ArgumentException.ThrowIfNullOrEmpty(sequence);
        var letters = new byte[sequence.Length];
        for (var i = 0; i < letters.Length; i++)
        {
            var letter = Alphabet.IndexOf(sequence[i]);
            if (letter < 0)
            {
                throw new ArgumentException(
                    $"An RNA sequence has only the letters {Alphabet}; received '{sequence[i]}' at letter {i + 1}. "
                    + "Write it in upper case, with U in place of T.", nameof(sequence));
            }

            letters[i] = (byte)letter;
        }

        return letters;
    }
}
