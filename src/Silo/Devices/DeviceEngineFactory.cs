using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

using Tempera.Contracts.Errors;
using Tempera.Model.Engines;
using Tempera.Model.Engines.Simd;
using Tempera.Model.Engines.Torch;
using Tempera.Model.Networks;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Silo.Devices;

/// <summary>Builds engines on any device. libtorch is looked for when one is asked for, and not before.</summary>
internal sealed class DeviceEngineFactory(TorchLoader loader, DeviceMeter meter) : IPolicyEngineFactory
{
    /// <summary>A factory for tools that stand outside a silo.</summary>
    public static DeviceEngineFactory OfProcess() => new(TorchLoader.OfProcess(), new DeviceMeter());

    /// <inheritdoc/>
    public IPolicyEngine Create(IDesignSpace space, PolicyParameters parameters, LearnerSettings settings)
    {
        var device = Select(DeviceName.Parse(settings.Device));
        return device.Kind == DeviceKind.Cpu
            ? new SimdEngine(space, parameters, settings.Threads, settings.Batch)
            : CreateTorch(device, space, parameters, settings);
    }

    /// <summary>The device that a name stands for here.</summary>
    /// <exception cref="TemperaException">Device: it cannot be used.</exception>
    public DeviceName Select(DeviceName device)
    {
        if (device.Kind == DeviceKind.Auto)
        {
            return Refusal(new DeviceName(DeviceKind.Cuda, 0)) is null ? new DeviceName(DeviceKind.Cuda, 0) : new DeviceName(DeviceKind.Cpu, 0);
        }

        return Refusal(device) is { } refusal ? throw new TemperaException(TemperaError.Device, refusal) : device;
    }

    /// <summary>Why a device cannot be used, or null.</summary>
    public string? Refusal(DeviceName device)
    {
        if (device.Kind is DeviceKind.Cpu or DeviceKind.Auto)
        {
            return null;
        }

        var report = loader.Load();
        if (report.Failure is not null || device.Kind == DeviceKind.TorchCpu)
        {
            return report.Failure;
        }

        if (report is { Gpus: 0, Folder.HasCuda: false })
        {
            return $"{device} needs a CUDA build of libtorch; {report.Folder.Path} is one for the CPU. Name a CUDA build with {TorchFolder.Variable}, build with -p:TorchBackend=cuda, or use --device torch-cpu, cpu or auto.";
        }

        return device.Index < report.Gpus
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{device} needs a GPU that libtorch can use; it finds {report.Gpus}. Check nvidia-smi and CUDA_VISIBLE_DEVICES, or use --device torch-cpu, cpu or auto.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TorchEngine CreateTorch(DeviceName device, IDesignSpace space, PolicyParameters parameters, LearnerSettings settings)
    {
        var started = Stopwatch.GetTimestamp();
        var options = new TorchOptions
        {
            CudaIndex = device.Kind == DeviceKind.Cuda ? device.Index : null,
            Threads = settings.Threads,
            Clock = () => Stopwatch.GetElapsedTime(started),
            Waited = meter.Waited,
        };
        meter.Watch(device);
        return new TorchEngine(space, parameters, options, settings.Batch);
    }
}
