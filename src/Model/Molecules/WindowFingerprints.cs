using System.Globalization;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Molecules;

/// <summary>
/// Fingerprints of molecules that are chains of blocks, without a library of chemistry: the union of the bits of all windows
/// of 1 to 5 adjacent blocks, each with whether the chain goes on to its left and right.
/// </summary>
/// <remarks>
/// Exact because an environment of radius 2 spans at most four bonds, so it lies in such a window and depends on the blocks
/// beyond only by their presence. Thread safe.
/// </remarks>
public sealed class WindowFingerprints
{
    private const int LongestWindow = 5;
    private const string Columns = "window\thas_left\thas_right\tbits";

    private readonly Dictionary<ulong, short[]> _windows;
    private readonly PrependAppendSpace _space;
    private readonly int _bits;

    private WindowFingerprints(PrependAppendSpace space, Dictionary<ulong, short[]> windows) =>
        (_space, _windows, _bits) = (space, windows, PackedSequence.BitsPerSymbol(space.Alphabet.Length));

    /// <summary>Reads the table of windows of a space.</summary>
    /// <exception cref="TaskDataException">The table is another one.</exception>
    public static WindowFingerprints Read(TaskFile file, string name, PrependAppendSpace space)
    {
        var (windows, bits) = (new Dictionary<ulong, short[]>(), PackedSequence.BitsPerSymbol(space.Alphabet.Length));
        foreach (var row in TsvRows.Read(file, name, Columns))
        {
            var (letters, shift) = (0UL, 0);
            foreach (var symbol in row[0])
            {
                letters |= (ulong)space.Alphabet.IndexOf(symbol) << shift;
                shift += bits;
            }

            var key = Key(letters, row[0].Length, row[1] == "1", row[2] == "1");
            windows[key] = [.. row[3].Split(',').Select(bit => short.Parse(bit, CultureInfo.InvariantCulture))];
        }

        return new WindowFingerprints(space, windows);
    }

    /// <summary>The fingerprint of a molecule.</summary>
    public Fingerprint Of(UInt128 terminal)
    {
        var (fingerprint, letters) = (new Fingerprint(), (ulong)PackedSequence.Letters(terminal));
        for (var length = 1; length <= Math.Min(LongestWindow, _space.Length); length++)
        {
            for (var start = 0; start + length <= _space.Length; start++)
            {
                var window = letters >> (start * _bits) & ((1UL << (length * _bits)) - 1);
                if (_windows.TryGetValue(Key(window, length, start > 0, start + length < _space.Length), out var bits))
                {
                    fingerprint.Add(bits);
                }
            }
        }

        return fingerprint;
    }

    private static ulong Key(ulong letters, int length, bool hasLeft, bool hasRight) =>
        letters << 5 | (ulong)length << 2 | (hasLeft ? 2UL : 0) | (hasRight ? 1UL : 0);
}
