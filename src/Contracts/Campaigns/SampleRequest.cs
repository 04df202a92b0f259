namespace Tempera.Contracts.Campaigns;

/// <summary>Asks for objects from the policy.</summary>
/// <param name="Beta">Inverse temperature, above 0.</param>
/// <param name="Count">Number of objects, 1..1,000,000.</param>
/// <param name="Seed">Seed of the draw; the same request gives the same objects.</param>
/// <param name="Score">Also ask the oracle for the scores of objects that are not evaluated yet (computable oracles only).</param>
[GenerateSerializer, Immutable, Alias("tempera.sample-request")]
public sealed record SampleRequest(
    [property: Id(0)] float Beta, [property: Id(1)] int Count, [property: Id(2)] ulong Seed, [property: Id(3)] bool Score);
