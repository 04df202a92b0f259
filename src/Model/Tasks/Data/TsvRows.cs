namespace Tempera.Model.Tasks.Data;

/// <summary>Rows of the tab-separated tables that come with built-in tasks; their content is pinned, so a wrong one is a defect.</summary>
internal static class TsvRows
{
    /// <summary>The rows after the header, split at tabs.</summary>
    /// <exception cref="TaskDataException">The header is another one.</exception>
    public static IEnumerable<string[]> Read(TaskFile file, string name, string header)
    {
        var first = true;
        foreach (var line in file.Lines())
        {
            if (!first)
            {
                yield return line.Split('\t');
            }
            else if (line != header)
            {
                throw new TaskDataException($"The table '{name}' begins with the columns {header.Replace("\t", ", ", StringComparison.Ordinal)}; received '{line}'. Restore the file.");
            }

            first = false;
        }
    }
}
