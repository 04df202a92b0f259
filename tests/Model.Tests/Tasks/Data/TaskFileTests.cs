using System.IO.Compression;
using Tempera.Model.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Data;

public sealed class TaskFileTests
{
    private const string HelloSha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    [Fact]
    public void TheChecksumIsThatOfTheUnpackedContent()
    {
        var data = new MemoryData(("plain", "hello"));
        data.Add("packed", Gzip("hello"u8));
        data.Add("stored", Gzip("hello"u8, CompressionLevel.NoCompression));

        foreach (var name in new[] { "plain", "packed", "stored" })
        {
            var file = TaskFile.ReadPinned(data, new TaskDataFile(name, HelloSha256, "a greeting"));
            Assert.Equal(["hello"], file.Lines());
        }
    }

    [Fact]
    public void AnotherContentIsRefusedWithBothChecksums()
    {
        var error = Assert.Throws<TaskDataException>(() =>
            TaskFile.ReadPinned(new MemoryData(("folder/x", "hello!")), new TaskDataFile("folder/x", HelloSha256, "a greeting")));

        Assert.Contains(HelloSha256, error.Message);
        Assert.Contains("ce06092fb948d9ffac7d1a376e404b26b7575bcc11ee05a4615fef4fec3a308b", error.Message);
        Assert.Contains("tempera data fetch folder", error.Message);
    }

    [Fact]
    public void ACutGzipIsRefused()
    {
        var packed = Gzip([.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * i))]);
        var data = new MemoryData();
        data.Add("x", packed[..(packed.Length / 2)]);

        Assert.ThrowsAny<TaskDataException>(() => TaskFile.ReadPinned(data, new TaskDataFile("x", HelloSha256, "")));
    }

    private static byte[] Gzip(ReadOnlySpan<byte> content, CompressionLevel level = CompressionLevel.Fastest)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
