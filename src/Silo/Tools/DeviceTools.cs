using System.Globalization;
using System.Runtime.Intrinsics;

using Tempera.Contracts.Errors;
using Tempera.Model.Settings;
using Tempera.Silo.Devices;

namespace Tempera.Silo.Tools;

/// <summary>Compute devices of this machine.</summary>
public static class DeviceTools
{
    /// <summary>What each device would load and run here, and why not. Loads libtorch, if there is one, into this process.</summary>
    public static IReadOnlyList<DeviceReport> Doctor() => Doctor(TorchLoader.OfProcess());

    /// <summary>The device that a campaign will compute on, for people. libtorch is loaded only if the device asks for it.</summary>
    /// <exception cref="TemperaException">Device: it cannot be used. InvalidSetting: it is none.</exception>
    public static string Describe(string device)
    {
        var loader = TorchLoader.OfProcess();
        using var meter = new DeviceMeter();
        try
        {
            return Describe(new DeviceEngineFactory(loader, meter).Select(DeviceName.Parse(device)), loader);
        }
        catch (SettingException error)
        {
            throw new TemperaException(TemperaError.InvalidSetting, error.Message, error);
        }
    }

    internal static IReadOnlyList<DeviceReport> Doctor(TorchLoader loader)
    {
        using var meter = new DeviceMeter();
        var factory = new DeviceEngineFactory(loader, meter);
        var gpus = Math.Max(1, loader.Load().Gpus);
        List<DeviceName> devices = [new(DeviceKind.Cpu, 0), new(DeviceKind.TorchCpu, 0), .. Enumerable.Range(0, gpus).Select(static index => new DeviceName(DeviceKind.Cuda, index))];
        List<DeviceReport> reports = [.. devices.Select(device => Report(device, factory.Refusal(device), loader))];
        reports.Add(new DeviceReport("auto", true, $"the same as {factory.Select(new DeviceName(DeviceKind.Auto, 0))}", null));
        return reports;
    }

    private static DeviceReport Report(DeviceName device, string? refusal, TorchLoader loader) =>
        new(device.ToString(), refusal is null, refusal is null ? Describe(device, loader) : device.Kind == DeviceKind.Cuda ? "libtorch on an NVIDIA GPU" : "libtorch on the CPU", refusal);

    private static string Describe(DeviceName device, TorchLoader loader)
    {
        if (device.Kind == DeviceKind.Cpu)
        {
            return string.Create(CultureInfo.InvariantCulture, $"cpu: Tempera's own engine on {(Vector512.IsHardwareAccelerated ? 512 : 256)}-bit vectors, {Environment.ProcessorCount} processors; no native library");
        }

        var report = loader.Load();
        var library = $"libtorch {report.Version ?? TorchLoader.SupportedVersion} from {report.Folder?.Path ?? "the program's folder"}{(report.Repair is null ? "" : $" ({report.Repair})")}";
        return device.Kind == DeviceKind.Cuda && NvidiaManagement.Read(device.Index) is { } gpu
            ? string.Create(CultureInfo.InvariantCulture, $"{device}: {gpu.Name}, {Gibibytes(gpu.UsedBytes)} used, {Gibibytes(gpu.ReservedBytes)} reserved of {Gibibytes(gpu.TotalBytes)}, {gpu.Utilization:P0} busy; {library}")
            : $"{device}: {library}";
    }

    private static string Gibibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB");
}
