using System.IO.Compression;
using Xunit;

namespace Tempera.Model.Tests.Oracles.Rna;

/// <summary>Reference data of the RNA tasks, where TEMPERA_DATA names a directory that has it.</summary>
internal static class RnaData
{
    /// <summary>Path of a file; skips the test when there is no data.</summary>
    public static string Path(string name)
    {
        var root = Environment.GetEnvironmentVariable("TEMPERA_DATA");
        if (string.IsNullOrEmpty(root))
        {
            Assert.Skip("TEMPERA_DATA is not set: it names the directory with rna/" + name);
        }

        return System.IO.Path.Combine(root, "rna", name);
    }

    /// <summary>Rows of a table after its header, split at tabs.</summary>
    public static IEnumerable<string[]> Rows(string name)
    {
        using var file = File.OpenRead(Path(name));
        using var unpacked = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(unpacked);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split('\t');
        }
    }
}
