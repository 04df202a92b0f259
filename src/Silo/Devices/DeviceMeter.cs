using System.Diagnostics.Metrics;

using Tempera.Grains.Telemetry;
using Tempera.Model.Settings;

namespace Tempera.Silo.Devices;

/// <summary>Metrics of the GPU in use. They are read when somebody collects them, and cost nothing else.</summary>
internal sealed class DeviceMeter : IDisposable
{
    private readonly Meter _meter = new(InstrumentNames.Meter);
    private readonly Counter<double> _waited;
    private DeviceName? _device;

    /// <summary>Creates the instruments.</summary>
    public DeviceMeter()
    {
        _waited = _meter.CreateCounter<double>(InstrumentNames.DeviceWait, "s", "Time the learner waited for its device.");
        _meter.CreateObservableGauge(InstrumentNames.DeviceMemoryUsed, () => Read(static facts => facts.UsedBytes), "By", "Memory of the GPU in use.");
        _meter.CreateObservableGauge(InstrumentNames.DeviceMemoryReserved, () => Read(static facts => facts.ReservedBytes), "By", "Memory of the GPU that its driver keeps.");
        _meter.CreateObservableGauge(InstrumentNames.DeviceUtilization, () => Read(static facts => facts.Utilization), "1", "Share of time in which a kernel ran.");
    }

    /// <summary>Says which device is in use.</summary>
    public void Watch(DeviceName device) => _device = device;

    /// <summary>Adds to the time spent waiting.</summary>
    public void Waited(TimeSpan time) => _waited.Add(time.TotalSeconds, new KeyValuePair<string, object?>(InstrumentNames.DeviceTag, _device?.ToString()));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<T>> Read<T>(Func<GpuFacts, T> value)
        where T : struct
    {
        if (_device is { Kind: DeviceKind.Cuda } device && NvidiaManagement.Read(device.Index) is { } facts)
        {
            yield return new Measurement<T>(
                value(facts), new(InstrumentNames.DeviceTag, device.ToString()), new(InstrumentNames.DeviceNameTag, facts.Name));
        }
    }
}
