namespace Tempera.Client.Exports;

/// <summary>FASTA records: <c>&gt;name key=value ...</c> and the sequence on one line.</summary>
internal static class Fasta
{
    /// <summary>Writes one record.</summary>
    public static void Write(TextWriter writer, string name, string sequence, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        writer.Write('>');
        writer.Write(name);
        foreach (var (key, value) in facts)
        {
            writer.Write($" {key}={value}");
        }

        writer.WriteLine();
        writer.WriteLine(sequence);
    }
}
