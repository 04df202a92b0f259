using System.Runtime.InteropServices;

namespace Tempera.Silo.Storage;

/// <summary>Makes the entries of a folder survive a power cut. .NET has no call for this, so it asks the C library; Windows needs none.</summary>
internal static class FolderDurability
{
    private const int ReadOnly = 0;

    /// <summary>Makes a folder with its parents; each new one is on disk when this returns.</summary>
    public static void Create(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(folder) is { } parent)
        {
            Create(parent);
            Directory.CreateDirectory(folder);
            Flush(parent);
        }
    }

    /// <summary>Forces a folder's entries to disk.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            // A folder that may be written but not read cannot be opened; its entries reach the disk later.
            return;
        }

        var failed = Sync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        const int notSupported = 22; // EINVAL: this file system keeps no folders to flush.
        if (failed && error != notSupported)
        {
            throw new IOException($"fsync of {folder} failed: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
