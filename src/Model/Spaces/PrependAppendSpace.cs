using System.Diagnostics.CodeAnalysis;

namespace Tempera.Model.Spaces;

/// <summary>
/// Strings of L symbols over an alphabet of A, built by prepending or appending one symbol at a time; a state of length L is
/// a terminal object.
/// </summary>
/// <remarks>
/// <para>Children: prepends in the order of the alphabet, then appends in the same order, without the duplicates: c w = w c
/// exactly when w is a run of c, so a run has 2A - 1 children and the empty string A. Parents: w without its first symbol,
/// then w without its last; they are the same string exactly when w is a run.</para>
/// <para>Forward actions: prepend c is c, append c is A + c. Backward actions: delete first is 0, delete last is 1.
/// Feature position * A + symbol is 1 where the string, left aligned, has this symbol at this position.</para>
/// <para>Kim et al. 2024 (arXiv 2310.02823) and Shen et al. 2023 (arXiv 2305.07170), sequence tasks.</para>
/// </remarks>
public sealed class PrependAppendSpace : ISubstructureSpace, IPositionalSpace
{
    private readonly SequenceText _text;
    private readonly int _symbols;
    private readonly int _bits;
    private readonly int _length;

    /// <summary>The space of all strings of <paramref name="length"/> characters of <paramref name="alphabet"/>.</summary>
    /// <exception cref="ArgumentException">
    /// The alphabet is not 2 to 256 distinct characters, or the length not 1 to 120 / b with b the bits of a symbol.
    /// </exception>
    public PrependAppendSpace(string alphabet, int length)
    {
        _text = new SequenceText(alphabet, length, length);
        (_symbols, _length, _bits) = (alphabet.Length, length, PackedSequence.BitsPerSymbol(alphabet.Length));
        (Alphabet, Name) = (alphabet, $"prepend/append sequences of {length} over {alphabet}");
    }

    /// <summary>The characters; a symbol is an index in this string.</summary>
    public string Alphabet { get; }

    /// <summary>Symbols of a terminal object.</summary>
    public int Length => _length;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int MaxSteps => _length;

    /// <inheritdoc/>
    public int MaxChildren => _length switch { 1 => _symbols, 2 => 2 * _symbols - 1, _ => 2 * _symbols };

    /// <inheritdoc/>
    public int MaxParents => Math.Min(_length, 2);

    /// <inheritdoc/>
    public int FeatureCount => _symbols * _length;

    /// <inheritdoc/>
    public int MaxActiveFeatures => _length;

    /// <inheritdoc/>
    public int ForwardActionCount => 2 * _symbols;

    /// <inheritdoc/>
    public int BackwardActionCount => 2;

    /// <inheritdoc/>
    public UInt128 Root => UInt128.Zero;

    /// <inheritdoc/>
    public double LogObjectCount => _text.LogObjectCount;

    /// <inheritdoc/>
    public int MaxNeighbours => _text.MaxNeighbours;

    /// <inheritdoc/>
    public int MaxSubstructures => _length * (_length + 1) / 2;

    /// <inheritdoc/>
    public bool IsTerminal(UInt128 state) => PackedSequence.Length(state) == _length;

    /// <inheritdoc/>
    public int GetChildren(UInt128 state, Span<UInt128> children)
    {
        var prepended = PackedSequence.Prepend(state, 0, _bits);
        for (var i = 0; i < _symbols; i++)
        {
            children[i] = prepended;
            prepended++;
        }

        var length = PackedSequence.Length(state);
        if (length == 0)
        {
            return _symbols;
        }

        var step = UInt128.One << (length * _bits);
        var appended = PackedSequence.Append(state, 0, _bits);
        var skipped = RunSymbol(state);
        var count = _symbols;
        for (var i = 0; i < _symbols; i++)
        {
            if (i != skipped)
            {
                children[count++] = appended;
            }

            appended += step;
        }

        return count;
    }

    /// <inheritdoc/>
    public int GetParents(UInt128 state, Span<UInt128> parents)
    {
        var first = PackedSequence.RemoveFirst(state, _bits);
        var last = PackedSequence.RemoveLast(state, _bits);
        parents[0] = first;
        if (first == last)
        {
            return 1;
        }

        parents[1] = last;
        return 2;
    }

    /// <inheritdoc/>
    public int GetForwardActions(UInt128 state, Span<int> actions, Span<int> children)
    {
        var empty = PackedSequence.Length(state) == 0;
        var run = empty ? -1 : RunSymbol(state);
        var child = empty ? 0 : _symbols;
        for (var i = 0; i < _symbols; i++)
        {
            (actions[i], children[i]) = (i, i);
            actions[_symbols + i] = _symbols + i;
            children[_symbols + i] = i == run ? i : child;
            child += i == run ? 0 : 1;
        }

        return 2 * _symbols;
    }

    /// <inheritdoc/>
    public int GetBackwardActions(UInt128 state, Span<int> actions, Span<int> parents)
    {
        (actions[0], parents[0]) = (0, 0);
        (actions[1], parents[1]) = (1, RunSymbol(state) < 0 ? 1 : 0);
        return 2;
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
        var count = 0;
        for (var length = 1; length <= _length; length++)
        {
            var first = count;
            for (var start = 0; start + length <= _length; start++)
            {
                var substring = Substring(terminal, start, length);
                if (!substructures[first..count].Contains(substring))
                {
                    substructures[count++] = substring;
                }
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public bool Contains(UInt128 terminal, UInt128 state)
    {
        var length = PackedSequence.Length(state);
        for (var start = 0; start + length <= _length; start++)
        {
            if (Substring(terminal, start, length) == state)
            {
                return true;
            }
        }

        return false;
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

    private UInt128 Substring(UInt128 terminal, int start, int length)
    {
        var mask = (UInt128.One << (length * _bits)) - UInt128.One;
        return PackedSequence.Create((PackedSequence.Letters(terminal) >> (start * _bits)) & mask, length);
    }

    /// <summary>The symbol of which a non-empty state is a run, or -1.</summary>
    private int RunSymbol(UInt128 state) =>
        PackedSequence.RemoveFirst(state, _bits) == PackedSequence.RemoveLast(state, _bits)
            ? (int)(ulong)state & ((1 << _bits) - 1)
            : -1;
}
