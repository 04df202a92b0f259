using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tempera.Client.Directories;

/// <summary>The machine a run was started on.</summary>
internal sealed record HostFacts
{
    /// <summary>Operating system.</summary>
    public required string Os { get; init; }

    /// <summary>Processor name.</summary>
    public required string Cpu { get; init; }

    /// <summary>Processor architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>Processors this process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Memory this process may use, bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The runtime.</summary>
    public required string Dotnet { get; init; }

    /// <summary>Widest hardware vector, bits.</summary>
    public required int VectorBits { get; init; }

    /// <summary>Reads this machine.</summary>
    public static HostFacts Current() => new()
    {
        Os = RuntimeInformation.OSDescription,
        Cpu = CpuName(),
        Architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        Cores = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        Dotnet = RuntimeInformation.FrameworkDescription,
        VectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64,
    };

    /// <summary>Versions of Tempera and of what it stands on.</summary>
    public static ImmutableSortedDictionary<string, string> Versions() => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("tempera", Version(typeof(HostFacts).Assembly)),
        KeyValuePair.Create("dotnet", Environment.Version.ToString()),
        KeyValuePair.Create("orleans", Version(typeof(IGrainFactory).Assembly)),
    ]);

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version!.ToString();

    private static string CpuName()
    {
        const string Table = "/proc/cpuinfo";
        var line = File.Exists(Table)
            ? File.ReadLines(Table).FirstOrDefault(static text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
