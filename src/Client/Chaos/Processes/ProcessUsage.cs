using System.Diagnostics;

namespace Tempera.Client.Chaos.Processes;

/// <summary>What a process holds.</summary>
/// <param name="ResidentBytes">Memory in RAM.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="CpuSeconds">Processor time since its start.</param>
internal readonly record struct ProcessUsage(long ResidentBytes, int Handles, int Threads, double CpuSeconds)
{
    /// <summary>Reads a process; null when it is gone or belongs to somebody else.</summary>
    public static ProcessUsage? Read(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return new ProcessUsage(
                found.WorkingSet64, Directory.GetFileSystemEntries($"/proc/{process}/fd").Length, found.Threads.Count, found.TotalProcessorTime.TotalSeconds);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
