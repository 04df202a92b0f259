using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>The device of an engine: what goes there, what comes back, and how often the caller waits for it.</summary>
internal sealed class TorchContext : IDisposable
{
    private const int PolicyBins = Networks.PolicyNetworkShape.TemperatureWidth;

    private readonly Func<TimeSpan>? _clock;
    private readonly Action<TimeSpan>? _waited;

    public TorchContext(TorchOptions options, EngineCounters counters)
    {
        (_clock, _waited, Counters) = (options.Clock, options.Waited, counters);
        Device = options.CudaIndex is { } index ? torch.device(DeviceType.CUDA, index) : torch.device(DeviceType.CPU);
        if (options.Threads > 0)
        {
            torch.set_num_threads(options.Threads);
        }

        Bins = Keep(torch.arange(PolicyBins, dtype: ScalarType.Float32, device: Device));
    }

    public Device Device { get; }

    public EngineCounters Counters { get; }

    /// <summary>0, 1, ..., 31 as floats.</summary>
    public Tensor Bins { get; }

    private bool IsCpu => Device.type == DeviceType.CPU;

    /// <summary>Takes a tensor out of the current scope: its owner disposes it.</summary>
    public static Tensor Keep(Tensor tensor) => tensor.DetachFromDisposeScope();

    /// <summary>Copies values to the device.</summary>
    public Tensor Upload<T>(ReadOnlySpan<T> values, ScalarType type, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var host = torch.empty(shape.ToArray(), type);
        MemoryMarshal.AsBytes(values).CopyTo(host.bytes);
        if (IsCpu)
        {
            return host;
        }

        using (host)
        {
            return host.to(Device);
        }
    }

    /// <summary>Overwrites a contiguous device tensor.</summary>
    public void Write(float[] values, Tensor target)
    {
        if (values.Length == 0)
        {
            return;
        }

        // What copy_ returns is the target itself, not another handle of it: disposing that would end the target.
        using var source = Upload<float>(values, ScalarType.Float32, values.Length);
        target.copy_(source);
    }

    /// <summary>Waits for a contiguous device tensor and copies it out.</summary>
    public void Read<T>(Tensor source, Span<T> target)
        where T : unmanaged
    {
        if (target.IsEmpty)
        {
            return;
        }

        var start = _clock?.Invoke();
        using (var host = source.cpu())
        {
            MemoryMarshal.Cast<byte, T>(host.bytes)[..target.Length].CopyTo(target);
        }

        Counters.Waits++;
        if (start is { } began)
        {
            var waited = _clock!() - began;
            Counters.Waited += waited;
            _waited?.Invoke(waited);
        }
    }

    /// <summary>x W + b, counted.</summary>
    public Tensor Linear(Tensor x, Tensor weight, Tensor? bias)
    {
        // Backwards there is a product for each of the two factors.
        Counters.MatrixFlops += 2 * x.numel() * weight.size(1) * (torch.is_grad_enabled() ? 3 : 1);
        return bias is null ? x.mm(weight) : bias.addmm(x, weight, 1, 1);
    }

    /// <inheritdoc/>
    public void Dispose() => Bins.Dispose();

    /// <summary>LeakyReLU in place.</summary>
    public static Tensor LeakyRelu(Tensor x) => nn.functional.leaky_relu(x, Simd.SimdEngine.Slope, inplace: true);
}
