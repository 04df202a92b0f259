using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tempera.Silo.Rehearsals;

/// <summary>One line of a journal of oracle calls.</summary>
/// <param name="At">When it was written, on the machine's monotonic clock, which all processes of a machine share; nanoseconds.</param>
/// <param name="Kind"><see cref="Paid"/> or <see cref="Acknowledged"/>.</param>
/// <param name="Campaign">Campaign id.</param>
/// <param name="Epoch">Lease epoch of the evaluator.</param>
/// <param name="Objects">The packed objects, in hexadecimal digits.</param>
public sealed record OracleJournalEntry(long At, string Kind, string Campaign, long Epoch, ImmutableArray<string> Objects)
{
    /// <summary>The oracle is asked for these objects; written before it is.</summary>
    public const string Paid = "paid";

    /// <summary>The scores of these objects are in the evaluation log; written before anybody learns them.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>A packed object as the journal has it.</summary>
    public static string Text(UInt128 terminal) => terminal.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The entry as a line without its end.</summary>
    public string Write() => JsonSerializer.Serialize(this, OracleJournalJson.Default.OracleJournalEntry);

    /// <summary>The entries of all journals of a folder, in the order of time. A last line that is not whole is left out.</summary>
    public static IReadOnlyList<OracleJournalEntry> ReadAll(string folder) =>
        [.. Directory.GetFiles(folder, "*" + OracleJournalFile.Extension).SelectMany(File.ReadLines).Select(Read).OfType<OracleJournalEntry>().OrderBy(static entry => entry.At)];

    private static OracleJournalEntry? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, OracleJournalJson.Default.OracleJournalEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The entries as JSON, keys in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OracleJournalEntry))]
internal sealed partial class OracleJournalJson : JsonSerializerContext;
