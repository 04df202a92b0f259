using Microsoft.Win32.SafeHandles;

using Tempera.Grains.Storage;

namespace Tempera.Silo.Storage;

/// <summary>The three ways a local store changes a file, each safe against a crash at any moment.</summary>
internal static class LocalFile
{
    /// <summary>Replaces a file atomically and durably, by way of a temporary file in the same file system.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content, string temporary)
    {
        FolderDurability.Create(Path.GetDirectoryName(temporary)!);
        try
        {
            using (var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                RandomAccess.Write(handle, content, 0);
                RandomAccess.FlushToDisk(handle);
            }

            var folder = Path.GetDirectoryName(path)!;
            FolderDurability.Create(folder);
            File.Move(temporary, path, overwrite: true);
            FolderDurability.Flush(folder);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Appends to a file of an expected length; on failure the file keeps that length.</summary>
    public static BlobAppend Append(string path, ReadOnlySpan<byte> content, long expectedLength, bool durable)
    {
        var isNew = expectedLength == 0 && !File.Exists(path);
        if (isNew)
        {
            FolderDurability.Create(Path.GetDirectoryName(path)!);
        }
        else if (!File.Exists(path))
        {
            return new BlobAppend(true, 0);
        }

        using var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        var length = RandomAccess.GetLength(handle);
        if (length != expectedLength)
        {
            return new BlobAppend(true, length);
        }

        Write(handle, content, length);
        if (durable)
        {
            RandomAccess.FlushToDisk(handle);
            FolderDurability.Flush(Path.GetDirectoryName(path)!);
        }

        return new BlobAppend(false, length + content.Length);
    }

    /// <summary>Deletes a file, and the folders below <paramref name="root"/> that this leaves empty.</summary>
    public static bool Delete(string path, string root)
    {
        var existed = File.Exists(path);
        if (existed)
        {
            File.Delete(path);
            var folder = Path.GetDirectoryName(path)!;
            FolderDurability.Flush(folder);
            while (folder.Length > root.Length && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
                folder = Path.GetDirectoryName(folder)!;
            }
        }

        return existed;
    }

    private static void Write(SafeFileHandle handle, ReadOnlySpan<byte> content, long length)
    {
        try
        {
            RandomAccess.Write(handle, content, length);
        }
        catch (IOException)
        {
            CutBack(handle, length);
            throw;
        }
    }

    // A full disk may take the first bytes of a record; without them the next append finds what it expects.
    private static void CutBack(SafeFileHandle handle, long length)
    {
        try
        {
            RandomAccess.SetLength(handle, length);
        }
        catch (IOException)
        {
            // The error that the caller needs is the first one; readers pass over a record that is cut off.
        }
    }
}
