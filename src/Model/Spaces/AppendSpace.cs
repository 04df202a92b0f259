using System.Diagnostics.CodeAnalysis;

namespace Tempera.Model.Spaces;

/// <summary>
/// Strings of L symbols over an alphabet of A, built from left to right, so that every object has one trajectory; a state of
/// length L is a terminal object.
/// </summary>
/// <remarks>
/// Forward action c appends symbol c; backward action 0 deletes the last. Feature position * A + symbol. Bit sequences are
/// written as 0 and 1 and appended k bits at a time (Malkin et al. 2022, arXiv 2201.13259, section 5.3): the symbols are the
/// 2^k words, the leftmost bit of a word being its least significant, so bit j of the packed letters is character j of the
/// text whatever the word.
/// </remarks>
public sealed class AppendSpace : ISubstructureSpace, IPositionalSpace
{
    private readonly SequenceText _text;
    private readonly int _symbols;
    private readonly int _bits;
    private readonly int _length;

    /// <summary>The space of all strings of <paramref name="length"/> characters of <paramref name="alphabet"/>.</summary>
    /// <exception cref="ArgumentException">
    /// The alphabet is not 2 to 256 distinct characters, or the length not 1 to 120 / b with b the bits of a symbol.
    /// </exception>
    public AppendSpace(string alphabet, int length)
        : this(new SequenceText(alphabet, length, length), alphabet.Length, length, $"sequences of {length} over {alphabet}")
    {
    }

    private AppendSpace(SequenceText text, int symbols, int length, string name)
    {
        (_text, _symbols, _length, Name) = (text, symbols, length, name);
        _bits = PackedSequence.BitsPerSymbol(symbols);
    }

    /// <summary>Bit sequences of <paramref name="bits"/> bits, appended in words of <paramref name="word"/> bits.</summary>
    /// <exception cref="ArgumentException">Bits are not 1 to 120, words not 1 to 8 bits, or the word does not divide the bits.</exception>
    public static AppendSpace Bits(int bits, int word)
    {
        if (word is < 1 or > 8 || bits % word != 0)
        {
            throw new ArgumentException(
                $"A word has 1 to 8 bits and divides the {bits} bits of a sequence; received {word}. Choose a divisor.", nameof(word));
        }

        return new AppendSpace(new SequenceText("01", bits, bits / word), 1 << word, bits / word, $"{bits} bits in words of {word}");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int MaxSteps => _length;

    /// <inheritdoc/>
    public int MaxChildren => _symbols;

    /// <inheritdoc/>
    public int MaxParents => 1;

    /// <inheritdoc/>
    public int FeatureCount => _symbols * _length;

    /// <inheritdoc/>
    public int MaxActiveFeatures => _length;

    /// <inheritdoc/>
    public int ForwardActionCount => _symbols;

    /// <inheritdoc/>
    public int BackwardActionCount => 1;

    /// <inheritdoc/>
    public UInt128 Root => UInt128.Zero;

    /// <inheritdoc/>
    public double LogObjectCount => _text.LogObjectCount;

    /// <inheritdoc/>
    public int MaxNeighbours => _text.MaxNeighbours;

    /// <inheritdoc/>
    public int MaxSubstructures => _length;

    /// <inheritdoc/>
    public bool IsTerminal(UInt128 state) => PackedSequence.Length(state) == _length;

    /// <inheritdoc/>
    public int GetChildren(UInt128 state, Span<UInt128> children)
    {
        var step = UInt128.One << (PackedSequence.Length(state) * _bits);
        var appended = PackedSequence.Append(state, 0, _bits);
        for (var i = 0; i < _symbols; i++)
        {
            children[i] = appended;
            appended += step;
        }

        return _symbols;
    }

    /// <inheritdoc/>
    public int GetParents(UInt128 state, Span<UInt128> parents)
    {
        parents[0] = PackedSequence.RemoveLast(state, _bits);
        return 1;
    }

    /// <inheritdoc/>
    public int GetForwardActions(UInt128 state, Span<int> actions, Span<int> children)
    {
        for (var i = 0; i < _symbols; i++)
        {
            (actions[i], children[i]) = (i, i);
        }

        return _symbols;
    }

    /// <inheritdoc/>
    public int GetBackwardActions(UInt128 state, Span<int> actions, Span<int> parents)
    {
        (actions[0], parents[0]) = (0, 0);
        return 1;
    }

    /// <inheritdoc/>
    public int GetFeatures(UInt128 state, Span<int> active)
    {
        var count = PackedSequence.GetSymbols(state, _bits, active);
        for (var i = 1; i < count; i++)
        {
            active[i] += i * _symbols;
        }

        return count;
    }

    /// <inheritdoc/>
    public int GetSubstructures(UInt128 terminal, Span<UInt128> substructures)
    {
        var state = terminal;
        for (var length = _length; length > 0; length--)
        {
            substructures[length - 1] = state;
            state = PackedSequence.RemoveLast(state, _bits);
        }

        return _length;
    }

    /// <inheritdoc/>
    public bool Contains(UInt128 terminal, UInt128 state)
    {
        var mask = (UInt128.One << (PackedSequence.Length(state) * _bits)) - UInt128.One;
        return (terminal & mask) == PackedSequence.Letters(state);
    }

    /// <inheritdoc/>
    public int Positions => _text.Characters;

    /// <inheritdoc/>
    public int Digits => _text.Digits;

    /// <inheritdoc/>
    public void GetDigits(UInt128 terminal, Span<int> digits) => _text.GetDigits(terminal, digits);

    /// <inheritdoc/>
    public UInt128 FromDigits(ReadOnlySpan<int> digits) => _text.FromDigits(digits);

    /// <inheritdoc/>
    public string Format(UInt128 terminal) => _text.Format(terminal);

    /// <inheritdoc/>
    public bool TryParse(string text, out UInt128 terminal, [NotNullWhen(false)] out string? error) =>
        _text.TryParse(text, out terminal, out error);

    /// <inheritdoc/>
    public IEnumerable<UInt128> EnumerateObjects() => _text.EnumerateObjects();

    /// <inheritdoc/>
    public int GetNeighbours(UInt128 terminal, Span<UInt128> neighbours) => _text.GetNeighbours(terminal, neighbours);
}
