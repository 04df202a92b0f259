using System.Text;

namespace Tempera.Client.Directories;

/// <summary>Files that appear whole or not at all: written beside their place, forced to disk, then renamed.</summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Replaces a file by a text.</summary>
    public static void Write(string path, string text) => Write(path, writer => writer.Write(text));

    /// <summary>Replaces a file by what a writer is given.</summary>
    public static void Write(string path, Action<TextWriter> write)
    {
        using var file = new Pending(path);
        using (var writer = new StreamWriter(file.Stream, Utf8, leaveOpen: true))
        {
            write(writer);
        }

        file.Commit();
    }

    /// <summary>Replaces a file by what a callback writes to its stream.</summary>
    public static async Task Write(string path, Func<Stream, Task> write)
    {
        using var file = new Pending(path);
        await write(file.Stream);
        file.Commit();
    }

    private sealed class Pending : IDisposable
    {
        private readonly string _path;
        private readonly string _pending;
        private readonly FileStream _stream;

        public Pending(string path)
        {
            _path = path;
            _pending = path + ".pending";
            _stream = new FileStream(_pending, FileMode.Create, FileAccess.ReadWrite);
        }

        public Stream Stream => _stream;

        public void Commit()
        {
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_pending, _path, overwrite: true);
        }

        public void Dispose()
        {
            _stream.Dispose();
            File.Delete(_pending);
        }
    }
}
