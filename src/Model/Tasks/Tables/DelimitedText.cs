using System.Text;

namespace Tempera.Model.Tasks.Tables;

/// <summary>Lines of TSV or CSV: fields between delimiters, a field in double quotes where it has one itself.</summary>
internal static class DelimitedText
{
    /// <summary>Tab where a header has one, else comma.</summary>
    public static char DelimiterOf(string header) => header.Contains('\t') ? '\t' : ',';

    /// <summary>The fields of a line; null where a quote is not closed.</summary>
    public static List<string>? Split(string line, char delimiter)
    {
        if (!line.Contains('"'))
        {
            return [.. line.Split(delimiter).Select(static field => field.Trim())];
        }

        var (fields, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                // A doubled quote inside quotes is a quote.
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append(line[i++]);
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (line[i] == delimiter && !quoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString().Trim());
        return quoted ? null : fields;
    }
}
