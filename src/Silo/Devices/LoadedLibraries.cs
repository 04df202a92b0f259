namespace Tempera.Silo.Devices;

/// <summary>The libraries mapped into this process.</summary>
internal static class LoadedLibraries
{
    private const string Maps = "/proc/self/maps";

    /// <summary>Path of a loaded library by the beginning of its file name, or null.</summary>
    public static string? Find(string name) => !File.Exists(Maps)
        ? null
        : File.ReadLines(Maps)
            .Select(static line => line[(line.IndexOf('/', StringComparison.Ordinal) is >= 0 and var at ? at : line.Length)..])
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal) && File.Exists(path));
}
