using System.Globalization;

namespace Tempera.Model.Oracles.Rna;

/// <summary>
/// Reads <see cref="DuplexParameters"/> from text: one statement a line, <c>#</c> begins a comment, words are separated by
/// blanks. The first statement is <c>format tempera-nearest-neighbour 1</c>; then, each once and in any order,
/// <c>scalar NAME VALUE</c>, <c>sizes NAME FIRST LAST</c> followed by one value for each size, and
/// <c>table NAME DIMENSIONS | DIMENSIONS</c> followed by one labelled row for each combination of the dimensions before the bar.
/// </summary>
/// <remarks>
/// Anything missing, repeated, out of order, out of range or not symmetric where the energy of a loop cannot depend on which
/// strand is read first is refused: an altered digit should not become a wrong score.
/// </remarks>
public static class DuplexParameterReader
{
    private const string Header = "format tempera-nearest-neighbour 1";
    private const int Largest = 1000;

    private static readonly (string Name, string Dimensions)[] Tables =
    [
        ("stack", "pair | pair"), ("mismatch-exterior", "pair | base base"), ("dangle5", "pair | base"), ("dangle3", "pair | base"),
        ("mismatch-interior", "pair | base base"), ("mismatch-interior-1n", "pair | base base"),
        ("mismatch-interior-23", "pair | base base"), ("int11", "pair pair | base base"),
        ("int21", "pair pair base | base base"), ("int22", "pair pair base base | base base"),
    ];

    private static readonly (string Name, int First)[] Sizes = [("bulge", 1), ("internal-loop", 2)];

    private static readonly string[] Scalars = ["duplex-init", "terminal-au", "ninio", "max-ninio", "max-loop"];

    private static readonly string[] Bases = [.. RnaLetters.Alphabet.Select(letter => letter.ToString())];

    /// <summary>Reads a parameter set.</summary>
    /// <exception cref="FormatException">The text breaks a rule; the message names the line, the rule and what was found.</exception>
    public static DuplexParameters Read(TextReader reader)
    {
        var lines = new Words(reader);
        lines.Expect(Header.Split(' '), $"The first statement is '{Header}'");
        var values = new Dictionary<string, int[]>();
        while (lines.Next() is { } words)
        {
            var name = words.Length > 1 ? words[1] : "";
            var read = (words[0], words.Length) switch
            {
                ("scalar", 3) when Scalars.Contains(name) => [lines.Integer(words[2])],
                ("sizes", 4) when Sizes.Any(known => known.Name == name) => ReadSizes(lines, words),
                ("table", > 2) when Tables.Any(known => known.Name == name) => ReadTable(lines, words),
                _ => throw lines.Error("A statement is scalar, sizes or table with a known name and its arguments"),
            };
            if (!values.TryAdd(name, read))
            {
                throw lines.Error($"Each name is given once; '{name}' is repeated");
            }
        }

        var missing = Scalars.Concat(Sizes.Select(known => known.Name)).Concat(Tables.Select(known => known.Name))
            .Where(name => !values.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            throw new FormatException($"A parameter set is complete; missing: {string.Join(", ", missing)}. Restore the file.");
        }

        return Validate(Build(values));
    }

    internal static DuplexParameters ReadResource(string name)
    {
        using var stream = typeof(DuplexParameterReader).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no resource '{name}'; rebuild it from a complete source tree.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    private static DuplexParameters Build(Dictionary<string, int[]> values) => new()
    {
        DuplexInit = values["duplex-init"][0],
        TerminalAu = values["terminal-au"][0],
        Ninio = values["ninio"][0],
        MaxNinio = values["max-ninio"][0],
        MaxLoop = values["max-loop"][0],
        Bulge = [.. values["bulge"]],
        InternalLoop = [.. values["internal-loop"]],
        Stack = [.. values["stack"]],
        MismatchExterior = [.. values["mismatch-exterior"]],
        Dangle5 = [.. values["dangle5"]],
        Dangle3 = [.. values["dangle3"]],
        MismatchInterior = [.. values["mismatch-interior"]],
        MismatchInterior1N = [.. values["mismatch-interior-1n"]],
        MismatchInterior23 = [.. values["mismatch-interior-23"]],
        Int11 = [.. values["int11"]],
        Int21 = [.. values["int21"]],
        Int22 = [.. values["int22"]],
    };

    private static DuplexParameters Validate(DuplexParameters set)
    {
        if (set.MaxLoop < 5 || set.Bulge.Length != set.MaxLoop + 1 || set.InternalLoop.Length != set.MaxLoop + 1)
        {
            throw new FormatException(
                $"Loop energies are given up to max-loop, which is at least 5; received max-loop {set.MaxLoop}, bulges to "
                + $"{set.Bulge.Length - 1}, internal loops to {set.InternalLoop.Length - 1}. Make them agree.");
        }

        // Turning the duplex round swaps the pairs and the two sides of the loop between them.
        for (var i = 0; i < set.Int22.Length; i++)
        {
            var (p, q, si, sp, sq, sj) = (i / 1536, i / 256 % 6, i / 64 % 4, i / 16 % 4, i / 4 % 4, i % 4);
            if (set.Stack[p * 6 + q] != set.Stack[q * 6 + p]
                || set.Int11[((p * 6 + q) * 4 + si) * 4 + sj] != set.Int11[((q * 6 + p) * 4 + sj) * 4 + si]
                || set.Int22[i] != set.Int22[((((q * 6 + p) * 4 + sq) * 4 + sj) * 4 + si) * 4 + sp])
            {
                throw new FormatException(
                    "stack, int11 and int22 do not change when the duplex is turned round; they differ at pairs "
                    + $"{RnaLetters.Pairs[p]} and {RnaLetters.Pairs[q]}. Restore the file.");
            }
        }

        return set;
    }

    private static int[] ReadSizes(Words lines, string[] words)
    {
        var (first, last) = (lines.Integer(words[2]), lines.Integer(words[3]));
        if (first != Sizes.First(known => known.Name == words[1]).First || last < first)
        {
            throw lines.Error("Sizes run from 1 for bulges and from 2 for internal loops up to max-loop");
        }

        var values = new int[last + 1];
        for (var at = first; at <= last;)
        {
            foreach (var word in lines.Next() ?? throw lines.Error("A value is given for each size"))
            {
                if (at > last)
                {
                    throw lines.Error($"A value is given for each size up to {last}; there are more");
                }

                values[at++] = lines.Integer(word);
            }
        }

        return values;
    }

    private static int[] ReadTable(Words lines, string[] words)
    {
        var dimensions = Tables.First(known => known.Name == words[1]).Dimensions;
        if (string.Join(' ', words[2..]) != dimensions)
        {
            throw lines.Error($"The dimensions of '{words[1]}' are '{dimensions}'");
        }

        var bar = Array.IndexOf(words, "|", 2);
        var labels = words[2..bar].Select(Names).ToArray();
        var width = words[(bar + 1)..].Aggregate(1, (size, word) => size * Names(word).Count);
        var rows = labels.Aggregate(1, (size, names) => size * names.Count);
        var values = new int[rows * width];
        for (var row = 0; row < rows; row++)
        {
            var label = new string[labels.Length];
            for (var (i, rest) = (labels.Length - 1, row); i >= 0; rest /= labels[i].Count, i--)
            {
                label[i] = labels[i][rest % labels[i].Count];
            }

            var line = lines.Next() ?? [];
            if (line.Length != label.Length + width || !line.AsSpan(0, label.Length).SequenceEqual(label))
            {
                throw lines.Error($"Row {row + 1} of '{words[1]}' is '{string.Join(' ', label)}' and {width} values");
            }

            for (var i = 0; i < width; i++)
            {
                values[row * width + i] = lines.Integer(line[label.Length + i]);
            }
        }

        return values;
    }

    private static IReadOnlyList<string> Names(string dimension) => dimension == "pair" ? RnaLetters.Pairs : Bases;

    private sealed class Words(TextReader reader)
    {
        private int _line;
        private string _text = "";

        public string[]? Next()
        {
            while (reader.ReadLine() is { } text)
            {
                (_line, _text) = (_line + 1, text);
                var words = text.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (words.Length > 0)
                {
                    return words;
                }
            }

            _text = "the end of the text";
            return null;
        }

        public void Expect(string[] expected, string rule)
        {
            if (Next() is not { } words || !words.SequenceEqual(expected))
            {
                throw Error(rule);
            }
        }

        public int Integer(string word) =>
            int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && Math.Abs((long)value) <= Largest
                ? value
                : throw Error($"Energies and sizes are integers from -{Largest} to {Largest}, in dcal/mol; '{word}' is not");

        public FormatException Error(string rule) => new($"{rule}; line {_line} reads '{_text}'. Correct the line or restore the file.");
    }
}
