using Tempera.Contracts.Errors;

namespace Tempera.Silo.Storage;

/// <summary>
/// The right to write a run directory, held by one process at a time through an operating-system lock on its file
/// <c>.lock</c>. The system frees it when the process ends, however it ends; the file itself stays.
/// </summary>
public sealed class ExclusiveLock : IDisposable
{
    /// <summary>Name of the lock's file.</summary>
    public const string FileName = ".lock";

    private readonly FileStream _file;

    private ExclusiveLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a directory, which is made if it does not exist.</summary>
    /// <exception cref="TemperaException">Another holder has it (<see cref="TemperaError.InUse"/>), or the directory cannot be used (<see cref="TemperaError.Storage"/>).</exception>
    public static ExclusiveLock Take(string directory)
    {
        var root = Path.GetFullPath(directory);
        var path = Path.Combine(root, FileName);
        StorageFault.Guard("create", root, () => FolderDurability.Create(root));
        try
        {
            return new ExclusiveLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new TemperaException(TemperaError.InUse,
                $"One process at a time writes a run directory; {root} is in use by another. Wait for it to end, stop it, or choose another directory.", exception);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw StorageFault.From("lock", path, exception);
        }
    }

    /// <summary>Frees the lock.</summary>
    public void Dispose() => _file.Dispose();

    private static bool IsHeld(IOException exception)
    {
        const int wouldBlock = 11, wouldBlockMac = 35, sharingViolation = 32, lockViolation = 33;
        return (exception.HResult & 0xFFFF) is var code && OperatingSystem.IsWindows()
            ? code is sharingViolation or lockViolation
            : code is wouldBlock or wouldBlockMac;
    }
}
