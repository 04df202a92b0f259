namespace Tempera.Contracts.Campaigns;

/// <summary>Asks for a number of further rounds.</summary>
/// <param name="Key">Idempotency key: a repeated one changes nothing. 1..200 characters.</param>
/// <param name="Rounds">Rounds to add to the target, at least 1.</param>
[GenerateSerializer, Immutable, Alias("tempera.discover-request")]
public sealed record DiscoverRequest([property: Id(0)] string Key, [property: Id(1)] int Rounds);
