namespace Tempera.Client.Exports;

/// <summary>Comma-separated values as RFC 4180 has them.</summary>
internal static class Csv
{
    /// <summary>A field, quoted where it must be.</summary>
    public static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
