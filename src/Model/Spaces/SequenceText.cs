using System.Diagnostics.CodeAnalysis;

namespace Tempera.Model.Spaces;

/// <summary>
/// Text form, order and neighbourhood of the complete sequences of a space: strings of a fixed number of characters over an
/// alphabet, each packed as in <see cref="PackedSequence"/>.
/// </summary>
/// <remarks>
/// A character takes b bits. A space whose symbols are words of several characters packs the same letters and only counts its
/// length in words, so it passes that length here.
/// </remarks>
internal sealed class SequenceText
{
    private readonly string _alphabet;
    private readonly int _characters;
    private readonly int _bits;
    private readonly UInt128 _first;

    /// <exception cref="ArgumentException">The alphabet is not 2 to 256 distinct characters, or the text does not fit.</exception>
    public SequenceText(string alphabet, int characters, int length)
    {
        if (alphabet.Length is < 2 or > 256 || alphabet.Distinct().Count() != alphabet.Length)
        {
            throw new ArgumentException(
                $"An alphabet has 2 to 256 distinct characters; received '{alphabet}'. Remove repeated characters.", nameof(alphabet));
        }

        _bits = PackedSequence.BitsPerSymbol(alphabet.Length);
        if (characters < 1 || characters > PackedSequence.MaxLength(_bits))
        {
            throw new ArgumentException(
                $"A sequence over {alphabet.Length} characters has 1 to {PackedSequence.MaxLength(_bits)} of them; "
                + $"received {characters}. Choose a length in this range.", nameof(characters));
        }

        (_alphabet, _characters) = (alphabet, characters);
        _first = PackedSequence.Create(UInt128.Zero, length);
        MaxNeighbours = characters * (alphabet.Length - 1);
        LogObjectCount = characters * Math.Log(alphabet.Length);
    }

    public int Characters => _characters;

    public int Digits => _alphabet.Length;

    public int MaxNeighbours { get; }

    public double LogObjectCount { get; }

    public void GetDigits(UInt128 terminal, Span<int> digits)
    {
        for (var i = 0; i < _characters; i++)
        {
            digits[i] = PackedSequence.Symbol(terminal, i, _bits);
        }
    }

    public UInt128 FromDigits(ReadOnlySpan<int> digits) => _first | PackedSequence.Letters(PackedSequence.Create(digits, _bits));

    public string Format(UInt128 terminal) =>
        string.Create(_characters, (Sequence: terminal, Alphabet: _alphabet, Bits: _bits), static (text, state) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = state.Alphabet[PackedSequence.Symbol(state.Sequence, i, state.Bits)];
            }
        });

    public bool TryParse(string text, out UInt128 terminal, [NotNullWhen(false)] out string? error)
    {
        terminal = _first;
        for (var i = 0; i < text.Length; i++)
        {
            var symbol = _alphabet.IndexOf(text[i]);
            if (symbol < 0)
            {
                terminal = default;
                error = $"An object is written with the letters {_alphabet}; received '{text[i]}' at letter {i + 1}. {Remedy(text[i])}";
                return false;
            }

            // Too many letters are read only for the message above, which names the first wrong letter.
            terminal |= i < _characters ? (UInt128)(uint)symbol << (i * _bits) : UInt128.Zero;
        }

        error = text.Length == _characters
            ? null
            : $"An object has exactly {_characters} letters; received {text.Length} in '{Shorten(text)}'. Give all {_characters} letters.";
        terminal = error is null ? terminal : default;
        return error is null;
    }

    /// <summary>Every sequence, in the order of the alphabet, the rightmost character changing fastest.</summary>
    public IEnumerable<UInt128> EnumerateObjects()
    {
        var last = _alphabet.Length - 1;
        var (sequence, position) = (_first, 0);
        while (position >= 0)
        {
            yield return sequence;
            for (position = _characters - 1; position >= 0; position--)
            {
                if (PackedSequence.Symbol(sequence, position, _bits) < last)
                {
                    sequence += UInt128.One << (position * _bits);
                    break;
                }

                sequence -= (UInt128)(uint)last << (position * _bits);
            }
        }
    }

    /// <summary>Changes each character in turn, leftmost first, to every other one in the order of the alphabet.</summary>
    public int GetNeighbours(UInt128 terminal, Span<UInt128> neighbours)
    {
        var count = 0;
        for (var position = 0; position < _characters; position++)
        {
            var shift = position * _bits;
            var symbol = PackedSequence.Symbol(terminal, position, _bits);
            var cleared = terminal - ((UInt128)(uint)symbol << shift);
            for (var other = 0; other < _alphabet.Length; other++)
            {
                if (other != symbol)
                {
                    neighbours[count++] = cleared + ((UInt128)(uint)other << shift);
                }
            }
        }

        return count;
    }

    private string Remedy(char letter) =>
        _alphabet.Contains(char.ToUpperInvariant(letter)) ? $"Write '{char.ToUpperInvariant(letter)}', in upper case."
        : letter == 'T' && _alphabet.Contains('U') ? "Write 'U' for 'T': this is RNA."
        : letter == 'U' && _alphabet.Contains('T') ? "Write 'T' for 'U': this is DNA."
        : "Replace or remove it.";

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..37] + "...";
}
