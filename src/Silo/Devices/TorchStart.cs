using TorchSharp;

namespace Tempera.Silo.Devices;

/// <summary>First use of TorchSharp, after its natives were loaded.</summary>
internal static class TorchStart
{
    /// <summary>Computes something and returns how many GPUs there are.</summary>
    public static int Run()
    {
        torch.InitializeDeviceType(DeviceType.CPU);
        using var probe = torch.ones(2);
        using var sum = probe.sum();
        return sum.item<float>() == 2 && torch.cuda.is_available() ? torch.cuda.device_count() : 0;
    }
}
