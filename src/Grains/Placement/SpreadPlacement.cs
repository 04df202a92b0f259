using Orleans.Placement;

namespace Tempera.Grains.Placement;

/// <summary>
/// Deals the numbered grains of a campaign (key: campaign id + "/" + number) out to the silos in turn, so that they spread evenly, and
/// those of different campaigns begin at different silos.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SpreadPlacementAttribute() : PlacementAttribute(new SpreadPlacement());

/// <summary>The strategy of <see cref="SpreadPlacementAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("tempera.spread-placement")]
public sealed class SpreadPlacement : PlacementStrategy;
