using System.Collections.Immutable;

namespace Tempera.Contracts.Campaigns;

/// <summary>Asks for metrics of the policy.</summary>
/// <param name="Betas">Inverse temperatures, each above 0; 1..100 of them.</param>
/// <param name="Samples">Samples a beta where the distribution is estimated, 1..1,000,000.</param>
/// <param name="Seed">Seed of the estimates.</param>
[GenerateSerializer, Immutable, Alias("tempera.evaluate-request")]
public sealed record EvaluateRequest(
    [property: Id(0)] ImmutableArray<float> Betas, [property: Id(1)] int Samples, [property: Id(2)] ulong Seed);
