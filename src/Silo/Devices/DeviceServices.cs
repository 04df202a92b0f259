using Microsoft.Extensions.DependencyInjection;

using Tempera.Model.Engines;

namespace Tempera.Silo.Devices;

/// <summary>Wires devices into a silo, of whatever kind.</summary>
internal static class DeviceServices
{
    /// <summary>Registers the engine factory that knows every device; comes before the grains' own registrations.</summary>
    public static IServiceCollection AddTemperaDevices(this IServiceCollection services)
    {
        services.AddSingleton(static _ => TorchLoader.OfProcess());
        services.AddSingleton<DeviceMeter>();
        services.AddSingleton<IPolicyEngineFactory, DeviceEngineFactory>();
        return services;
    }
}
