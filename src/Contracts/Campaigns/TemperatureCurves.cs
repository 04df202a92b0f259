using System.Collections.Immutable;

namespace Tempera.Contracts.Campaigns;

/// <summary>How the learned functions of beta look on a grid. All arrays have one entry a beta.</summary>
/// <param name="Betas">The grid.</param>
/// <param name="LogZ">log Z(beta) of the model.</param>
/// <param name="LogZTarget">log Z(beta) of the target where known exactly, else empty.</param>
/// <param name="ForwardScale">Logit scale f(beta) of P_F; empty without logit conditioning.</param>
/// <param name="BackwardScale">Logit scale f(beta) of P_B; empty without logit conditioning.</param>
[GenerateSerializer, Immutable, Alias("tempera.temperature-curves")]
public sealed record TemperatureCurves(
    [property: Id(0)] ImmutableArray<float> Betas,
    [property: Id(1)] ImmutableArray<double> LogZ,
    [property: Id(2)] ImmutableArray<double> LogZTarget,
    [property: Id(3)] ImmutableArray<double> ForwardScale,
    [property: Id(4)] ImmutableArray<double> BackwardScale);
