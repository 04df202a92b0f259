using System.Globalization;

using Tempera.Client.Directories;
using Tempera.Client.Running;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Exports;

/// <summary>Discovered modes as CSV, FASTA and SMILES.</summary>
internal static class ModesTable
{
    /// <summary>Writes <c>object,score,round,definition</c>, best first, and the column <c>smiles</c> where objects are molecules.</summary>
    public static void WriteCsv(TextWriter writer, IEnumerable<ModeRecord> modes)
    {
        var ordered = BestFirst(modes).ToList();
        var molecules = ordered.Exists(static mode => mode.Smiles is not null);
        writer.WriteLine("object,score,round,definition" + (molecules ? ",smiles" : ""));
        foreach (var mode in ordered)
        {
            var smiles = molecules ? "," + Csv.Field(mode.Smiles ?? "") : "";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Csv.Field(mode.Object)},{Figures.Exact(mode.Score)},{mode.Round},{Csv.Field(mode.Definition)}{smiles}"));
        }
    }

    /// <summary>Writes SMILES, best first, each with the object's text, its score and the round of discovery after tabs.</summary>
    public static void WriteSmiles(TextWriter writer, IEnumerable<ModeRecord> modes)
    {
        foreach (var mode in BestFirst(modes))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mode.Smiles}\t{mode.Object}\t{Figures.Exact(mode.Score)}\t{mode.Round}"));
        }
    }

    /// <summary>Writes FASTA records, best first; the header carries the score and the round of discovery.</summary>
    public static void WriteFasta(TextWriter writer, IEnumerable<ModeRecord> modes)
    {
        var number = 0;
        foreach (var mode in BestFirst(modes))
        {
            Fasta.Write(writer, $"mode_{++number}", mode.Object, ("score", Figures.Exact(mode.Score)), ("round", mode.Round.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Writes modes.csv and, where a task has an object format, modes.fasta or modes.smi; returns the names written.</summary>
    public static IReadOnlyList<string> Export(RunDirectory directory, IReadOnlyList<ModeRecord> modes, string? objectFile)
    {
        var written = new List<string> { "modes.csv" };
        AtomicFile.Write(directory.File("modes.csv"), writer => WriteCsv(writer, modes));
        if (objectFile == "fasta")
        {
            written.Add("modes.fasta");
            AtomicFile.Write(directory.File("modes.fasta"), writer => WriteFasta(writer, modes));
        }

        if (objectFile == "smi")
        {
            written.Add("modes.smi");
            AtomicFile.Write(directory.File("modes.smi"), writer => WriteSmiles(writer, modes));
        }

        return written;
    }

    /// <summary>Highest score first, then in the order of discovery.</summary>
    public static IEnumerable<ModeRecord> BestFirst(IEnumerable<ModeRecord> modes) => modes.OrderByDescending(static mode => mode.Score).ThenBy(static mode => mode.Round);
}
