using System.Globalization;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Tasks.Tables;

/// <summary>A user's table of strings and scores.</summary>
/// <param name="Space">The space of all strings of its alphabet and length.</param>
/// <param name="Objects">The strings of the table, in its order.</param>
/// <param name="Scores">Their raw scores.</param>
public sealed record ScoreTable(PrependAppendSpace Space, IReadOnlyList<UInt128> Objects, IReadOnlyList<double> Scores)
{
    private const string ScoreColumn = "score";

    private static readonly string[] KnownAlphabets = ["ACGT", "ACGU"];

    /// <summary>True when every string of the space is in the table.</summary>
    public bool IsComplete => Math.Abs(Math.Log(Objects.Count) - Space.LogObjectCount) < 1e-9;

    /// <summary>
    /// Reads TSV or CSV with a header: the first column is the string, a column <c>score</c> has the score. Empty lines and
    /// lines that begin with # are skipped.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="alphabet">The alphabet; null takes ACGT or ACGU where all letters are in it, else the letters that occur.</param>
    /// <exception cref="TaskDataException">A line breaks a rule; the message names it.</exception>
    public static ScoreTable Read(TaskFile file, string name, string? alphabet)
    {
        var rows = ReadRows(file, name);
        var space = SpaceOf(rows, name, alphabet);
        var (objects, first) = (new List<UInt128>(rows.Count), new Dictionary<UInt128, int>(rows.Count));
        foreach (var row in rows)
        {
            if (!space.TryParse(row.Text, out var terminal, out var error))
            {
                throw Wrong(name, row.Line, error);
            }

            if (!first.TryAdd(terminal, row.Line))
            {
                throw Wrong(name, row.Line, $"A string has one line; '{row.Text}' also stands on line {first[terminal]}. Keep one of them.");
            }

            objects.Add(terminal);
        }

        return new ScoreTable(space, objects, [.. rows.Select(static row => row.Score)]);
    }

    private static List<Row> ReadRows(TaskFile file, string name)
    {
        var (rows, line, columns, column, delimiter) = (new List<Row>(), 0, 0, -1, '\t');
        foreach (var text in file.Lines())
        {
            line++;
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            delimiter = columns == 0 ? DelimitedText.DelimiterOf(text) : delimiter;
            var fields = DelimitedText.Split(text, delimiter) ?? throw Wrong(name, line, "A quoted field ends with a quote; one does not. Close it.");
            if (columns == 0)
            {
                (columns, column) = (fields.Count, fields.FindIndex(1, field => string.Equals(field, ScoreColumn, StringComparison.OrdinalIgnoreCase)));
                if (column < 0)
                {
                    throw Wrong(name, line, $"The header names the string's column first and has a column '{ScoreColumn}'; received '{text}'. Rename the column of scores.");
                }

                continue;
            }

            if (fields.Count != columns)
            {
                throw Wrong(name, line, $"A line has the {columns} fields of the header; received {fields.Count}. Complete it.");
            }

            rows.Add(double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsFinite(score)
                ? new Row(line, fields[0], score)
                : throw Wrong(name, line, $"A score is a finite number with a point for decimals; received '{fields[column]}'. Correct it, or remove the line."));
        }

        return rows.Count > 0 ? rows : throw new TaskDataException($"A table has a header and at least one line of a string and its score; '{name}' has none. Name another file.");
    }

    private static PrependAppendSpace SpaceOf(List<Row> rows, string name, string? alphabet)
    {
        var length = rows[0].Text.Length;
        if (rows.Find(row => row.Text.Length != length) is { } other)
        {
            throw Wrong(name, other.Line, $"All strings have the length of the first, {length}; received {other.Text.Length} letters in '{other.Text}'. Correct it, or keep one length.");
        }

        var letters = string.Concat(rows.SelectMany(static row => row.Text).Distinct().Order());
        alphabet ??= Array.Find(KnownAlphabets, known => letters.All(known.Contains)) ?? letters;
        try
        {
            return new PrependAppendSpace(alphabet, length);
        }
        catch (ArgumentException exception)
        {
            throw new TaskDataException($"The strings of '{name}' make no design space: {exception.Message}", exception);
        }
    }

    private static TaskDataException Wrong(string name, int line, string sentences) => new($"Line {line} of '{name}': {sentences}");

    private sealed record Row(int Line, string Text, double Score);
}
