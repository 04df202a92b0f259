using System.Globalization;

using Orleans.Runtime.Placement;

namespace Tempera.Grains.Placement;

/// <summary>Chooses the silo of <see cref="SpreadPlacement"/>: number n of a campaign goes to silo (hash of the campaign + n) mod silos, in the order of their addresses.</summary>
internal sealed class SpreadPlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target).Order().ToArray();
        return Task.FromResult(silos[Index(target.GrainIdentity.Key.ToString()!, silos.Length)]);
    }

    /// <summary>Which of a number of silos a key goes to.</summary>
    public static int Index(string key, int silos)
    {
        var slash = key.LastIndexOf('/');
        var number = slash >= 0 && uint.TryParse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        var hash = 2166136261u;
        foreach (var letter in key.AsSpan(0, Math.Max(0, slash)))
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return (int)(((ulong)hash + number) % (uint)silos);
    }
}
