using Microsoft.Extensions.DependencyInjection;

namespace Tempera.Silo.Clustering;

/// <summary>
/// Keeps the wall clock out of the life of grains. Orleans plans by it when idle ones leave, in an order that never goes back: after a jump back of more
/// than the time that grains may be idle, it could activate none until the clock had caught up.
/// </summary>
internal static class SteadyTime
{
    // The parts of Orleans that ask for a clock of their own, by the keys they ask with.
    private static readonly string[] Keys = ["Orleans.ActivationManagement", "Orleans.Grains"];

    /// <summary>Registers the clock.</summary>
    public static void AddSteadyTime(this ISiloBuilder silo)
    {
        var steady = new SteadyTimeProvider(TimeProvider.System);
        foreach (var key in Keys)
        {
            silo.Services.AddKeyedSingleton<TimeProvider>(key, steady);
        }
    }
}
