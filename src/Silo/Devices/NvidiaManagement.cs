using System.Globalization;
using System.Runtime.InteropServices;

namespace Tempera.Silo.Devices;

/// <summary>What the driver's management library (NVML) says of a GPU; the library comes with the driver.</summary>
internal sealed unsafe partial class NvidiaManagement
{
    private const string Library = "libnvidia-ml.so.1";
    private const int NameBytes = 96;
    private const uint MemoryVersion2 = (2u << 24) | 40;

    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Facts of a GPU as CUDA numbers them; null without the library or the GPU.</summary>
    public static GpuFacts? Read(int index)
    {
        if (!Started.Value || Handle(index) is not { } device)
        {
            return null;
        }

        var name = stackalloc byte[NameBytes];
        var memory = new Memory { Version = MemoryVersion2 };
        var utilization = default(Utilization);
        return GetName(device, name, NameBytes) == 0 && GetMemory(device, ref memory) == 0 && GetUtilization(device, ref utilization) == 0
            ? new GpuFacts(Marshal.PtrToStringUTF8((nint)name)!, (long)memory.Used, (long)memory.Reserved, (long)memory.Total, utilization.Gpu / 100.0)
            : null;
    }

    private static bool Start()
    {
        try
        {
            return NativeLibrary.TryLoad(Library, out _) && Initialise() == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    // CUDA counts the visible GPUs; NVML knows all of them, by number or UUID.
    private static nint? Handle(int index)
    {
        nint device;
        if (Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is { Length: > 0 } visible)
        {
            var names = visible.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (index >= names.Length)
            {
                return null;
            }

            if (!int.TryParse(names[index], NumberStyles.None, CultureInfo.InvariantCulture, out index))
            {
                return GetByUuid(names[index], out device) == 0 ? device : null;
            }
        }

        return GetByIndex((uint)index, out device) == 0 ? device : null;
    }

    [LibraryImport(Library, EntryPoint = "nvmlInit_v2")]
    private static partial int Initialise();

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByIndex_v2")]
    private static partial int GetByIndex(uint index, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByUUID", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetByUuid(string uuid, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetName")]
    private static partial int GetName(nint device, byte* name, uint length);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMemoryInfo_v2")]
    private static partial int GetMemory(nint device, ref Memory memory);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetUtilizationRates")]
    private static partial int GetUtilization(nint device, ref Utilization utilization);

    [StructLayout(LayoutKind.Sequential)]
    private struct Memory
    {
        public uint Version;
        public ulong Total;
        public ulong Reserved;
        public ulong Free;
        public ulong Used;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Utilization
    {
        public uint Gpu;
        public uint Memory;
    }
}

/// <summary>Facts of a GPU at one moment.</summary>
/// <param name="Name">Product name.</param>
/// <param name="UsedBytes">Memory in use by all processes, libtorch's cache included.</param>
/// <param name="ReservedBytes">Memory that the driver keeps for itself.</param>
/// <param name="TotalBytes">Memory there is.</param>
/// <param name="Utilization">Share of the last moments in which a kernel ran, 0..1.</param>
internal sealed record GpuFacts(string Name, long UsedBytes, long ReservedBytes, long TotalBytes, double Utilization);
