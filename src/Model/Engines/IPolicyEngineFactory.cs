using Tempera.Model.Engines.Simd;
using Tempera.Model.Networks;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Model.Engines;

/// <summary>Builds the engine of a learner on the device that its settings name.</summary>
public interface IPolicyEngineFactory
{
    /// <summary>An engine that computes with the given parameters.</summary>
    /// <exception cref="SettingException">The device cannot be used here (setting <c>device</c>).</exception>
    IPolicyEngine Create(IDesignSpace space, PolicyParameters parameters, LearnerSettings settings);
}

/// <summary>Builds engines for <c>cpu</c>, which needs no native library, and refuses other devices.</summary>
public sealed class SimdEngineFactory : IPolicyEngineFactory
{
    /// <inheritdoc/>
    public IPolicyEngine Create(IDesignSpace space, PolicyParameters parameters, LearnerSettings settings) =>
        DeviceName.Parse(settings.Device).Kind is DeviceKind.Cpu or DeviceKind.Auto
            ? new SimdEngine(space, parameters, settings.Threads, settings.Batch)
            : throw new SettingException("device", $"device must be cpu where no other device is wired in; received '{settings.Device}'. Use --device cpu.");
}
