using System.Globalization;

namespace Tempera.Client.Chaos.Processes;

/// <summary>A wall clock of its own for a process, by libfaketime. The monotonic clock stays as it is.</summary>
/// <param name="file">File that holds the offset.</param>
internal sealed class FakeTime(string file)
{
    private static readonly string[] Places =
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib64/faketime/libfaketimeMT.so.1",
    ];

    /// <summary>The library; null where it is not installed.</summary>
    public static string? Library { get; } = Places.FirstOrDefault(File.Exists);

    /// <summary>Variables of the process.</summary>
    public Dictionary<string, string> Variables { get; } = Library is null
        ? new Dictionary<string, string>()
        : new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library,
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            // Else waits on a monotonic condition end at once, and every idle thread spins.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        };

    /// <summary>Sets the clock's distance from the machine's, from the next second on.</summary>
    public void Set(TimeSpan offset)
    {
        // The library may read at any moment, so the file is replaced as a whole.
        File.WriteAllText(file + ".next", string.Create(CultureInfo.InvariantCulture, $"{offset.TotalSeconds:+0;-0;+0}"));
        File.Move(file + ".next", file, overwrite: true);
    }
}
