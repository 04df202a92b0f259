namespace Tempera.Silo.Clustering;

/// <summary>One setting of a cluster member.</summary>
/// <param name="Name">Name in snake_case; as an environment variable it is <c>TEMPERA_SILO_</c> and the name in capitals.</param>
/// <param name="Default">Default as text, or what takes its place.</param>
/// <param name="Range">Values it takes.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record ClusterSiloSetting(string Name, string Default, string Range, string Meaning)
{
    /// <summary>True for one that is never shown; <see cref="Name"/> with <c>_file</c> names a file that holds it.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The settings with a value, or null when the value is out of range.</summary>
    internal Func<ClusterSiloSettings, string, ClusterSiloSettings?> Apply { get; init; } = static (_, _) => null;
}
