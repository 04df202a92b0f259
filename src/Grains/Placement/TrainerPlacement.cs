using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Tempera.Grains.Placement;

/// <summary>Puts a trainer on the silo that the call names by <see cref="IPlacementDirector.PlacementHintKey"/>, else on the caller's.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TrainerPlacementAttribute() : PlacementAttribute(new TrainerPlacement());

/// <summary>The strategy of <see cref="TrainerPlacementAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("tempera.trainer-placement")]
public sealed class TrainerPlacement : PlacementStrategy;

/// <summary>Chooses the silo of <see cref="TrainerPlacement"/>.</summary>
internal sealed class TrainerPlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var hint = IPlacementDirector.GetPlacementHint(target.RequestContextData, silos);
        return Task.FromResult(hint ?? (silos.Contains(context.LocalSilo) ? context.LocalSilo : silos[0]));
    }
}
