using System.IO.Compression;
using System.Security.Cryptography;

namespace Tempera.Model.Tasks.Data;

/// <summary>The unpacked content of a file, with its checksum.</summary>
/// <param name="Content">All bytes, unpacked where the file is gzip.</param>
/// <param name="Sha256">SHA-256 of <paramref name="Content"/> in lower-case hexadecimal.</param>
public sealed record TaskFile(ReadOnlyMemory<byte> Content, string Sha256)
{
    /// <summary>Most bytes of an unpacked file.</summary>
    public const int MaxBytes = 1 << 30;

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    /// <summary>Reads a file that must have the pinned content.</summary>
    /// <exception cref="TaskDataException">The file is missing, damaged, or has another content.</exception>
    public static TaskFile ReadPinned(ITaskData data, TaskDataFile file)
    {
        var read = Read(data, file.Name);
        return read.Sha256 == file.Sha256 ? read : throw new TaskDataException(
            $"The data of a task is pinned by its checksum; '{file.Name}' has SHA-256 {read.Sha256} where {file.Sha256} belongs. "
            + $"Restore it, or fetch it again with `tempera data fetch {file.Name.Split('/')[0]}`.");
    }

    /// <summary>Reads a file, unpacking gzip, which is recognised by its first bytes.</summary>
    /// <exception cref="TaskDataException">The file is missing, damaged or too large.</exception>
    public static TaskFile Read(ITaskData data, string name)
    {
        using var stream = data.Open(name);
        try
        {
            using var buffer = new MemoryStream();
            Copy(stream, buffer, name);
            if (!buffer.GetBuffer().AsSpan(0, (int)buffer.Length).StartsWith(GzipMagic))
            {
                return Of(buffer);
            }

            buffer.Position = 0;
            using var gzip = new GZipStream(buffer, CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            Copy(gzip, unpacked, name);
            return Of(unpacked);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new TaskDataException($"A data file is readable to its end; '{name}' is not: {exception.Message} Restore it.", exception);
        }
    }

    /// <summary>The lines of a text file without their ends.</summary>
    public IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(new MemoryStream(Content.ToArray(), writable: false));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static TaskFile Of(MemoryStream stream)
    {
        var content = stream.GetBuffer().AsMemory(0, (int)stream.Length);
        return new TaskFile(content, Convert.ToHexStringLower(SHA256.HashData(content.Span)));
    }

    private static void Copy(Stream from, MemoryStream to, string name)
    {
        var buffer = new byte[1 << 16];
        while (from.Read(buffer) is > 0 and var count)
        {
            to.Write(buffer.AsSpan(0, count));
            if (to.Length > MaxBytes)
            {
                throw new TaskDataException($"A data file has at most {MaxBytes:N0} bytes unpacked; '{name}' has more. Name a smaller file.");
            }
        }
    }
}
