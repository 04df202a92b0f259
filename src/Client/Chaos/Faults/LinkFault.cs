using System.Globalization;

using Tempera.Client.Chaos.Processes;

namespace Tempera.Client.Chaos.Faults;

/// <summary>Links of one silo, or of all, that fail for a while and then heal.</summary>
/// <param name="name">Name of the kind.</param>
/// <param name="meaning">One sentence.</param>
/// <param name="longest">Longest time, seconds; the shortest is one.</param>
/// <param name="all">True when it hits every silo at once.</param>
/// <param name="harm">Harms a silo's links.</param>
internal sealed class LinkFault(string name, string meaning, double longest, bool all, Action<SiloSlot> harm) : IFault
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Meaning => meaning;

    /// <inheritdoc/>
    public async Task<string> Inflict(ChaosCluster cluster, FaultDraw draw, CancellationToken cancellationToken)
    {
        var length = draw.Between(1, longest);
        using var hit = all ? null : await cluster.Take(draw, cancellationToken);
        var slots = hit is { } silo ? [silo.Silo.Slot] : cluster.Slots;
        foreach (var slot in slots)
        {
            harm(slot);
        }

        try
        {
            await Task.Delay(length, cancellationToken);
        }
        finally
        {
            foreach (var slot in slots)
            {
                slot.Heal();
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{hit?.Silo.Name ?? "all silos"} for {length.TotalSeconds:0.0} s");
    }
}
