using Tempera.Contracts.Errors;

namespace Tempera.Silo.Storage;

/// <summary>Turns what a file system says into an error that names the rule and the remedy.</summary>
internal static class StorageFault
{
    private const int DiskFull = 28, QuotaExceeded = 122, ReadOnlyFileSystem = 30, TooManyFiles = 24;
    private const int WindowsHandleDiskFull = 39, WindowsDiskFull = 112;

    /// <summary>True for the exceptions that files raise.</summary>
    public static bool Is(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or System.Security.SecurityException or NotSupportedException;

    /// <summary>Runs an operation on a file.</summary>
    /// <exception cref="TemperaException">The file system refused.</exception>
    public static T Guard<T>(string action, string path, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception exception) when (Is(exception))
        {
            throw From(action, path, exception);
        }
    }

    /// <summary>Runs an operation on a file.</summary>
    /// <exception cref="TemperaException">The file system refused.</exception>
    public static void Guard(string action, string path, Action operation) => Guard(action, path, () =>
    {
        operation();
        return true;
    });

    /// <summary>The error for an exception that a file raised.</summary>
    public static TemperaException From(string action, string path, Exception exception) => new(
        TemperaError.Storage, $"Cannot {action} {path}: {Reason(exception)}", exception);

    /// <summary>Throws when a store that refuses writes is written to.</summary>
    public static void RefuseWhen(bool readOnly, string path)
    {
        if (readOnly)
        {
            throw new TemperaException(TemperaError.Storage,
                $"Storage opened for reading is never written; refused to change {path}. Open it for writing.");
        }
    }

    private static string Reason(Exception exception)
    {
        if (exception is UnauthorizedAccessException or System.Security.SecurityException)
        {
            return $"permission denied or not a file ({exception.Message}). Give this user write access, or choose another directory.";
        }

        // On Unix the low word of HResult is errno, on Windows the Win32 code.
        return (exception.HResult & 0xFFFF) switch
        {
            DiskFull or QuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull when IsFull(exception) =>
                "the disk or the quota is full. Free some space, or choose a directory on another disk, then resume.",
            ReadOnlyFileSystem when !OperatingSystem.IsWindows() => "the file system is read-only. Choose another directory.",
            TooManyFiles when !OperatingSystem.IsWindows() => "too many files are open. Raise the limit (ulimit -n), then resume.",
            _ => $"{exception.Message.TrimEnd('.')}. Check the directory, or choose another one.",
        };
    }

    private static bool IsFull(Exception exception) =>
        OperatingSystem.IsWindows() == ((exception.HResult & 0xFFFF) is WindowsDiskFull or WindowsHandleDiskFull);
}
