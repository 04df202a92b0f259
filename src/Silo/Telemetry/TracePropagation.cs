namespace Tempera.Silo.Telemetry;

/// <summary>Has calls carry the trace they belong to, sampled or not.</summary>
internal static class TracePropagation
{
    /// <summary>Of a silo.</summary>
    public static void AddTracePropagation(this ISiloBuilder silo) => silo.AddActivityPropagation().AddOutgoingGrainCallFilter<UnsampledPropagation>();

    /// <summary>Of a client.</summary>
    public static void AddTracePropagation(this IClientBuilder client) => client.AddActivityPropagation().AddOutgoingGrainCallFilter<UnsampledPropagation>();
}
