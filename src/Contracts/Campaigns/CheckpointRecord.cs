namespace Tempera.Contracts.Campaigns;

/// <summary>One checkpoint of a campaign.</summary>
/// <param name="Round">Rounds committed when it was written.</param>
/// <param name="Epoch">Lease epoch of the trainer that wrote it.</param>
/// <param name="Bytes">Length of all its parts.</param>
/// <param name="WrittenAt">When the manifest was written, UTC.</param>
/// <param name="Verified">True or false after verification; null when it was not asked for.</param>
/// <param name="Damage">What is wrong with it; null when nothing is known to be.</param>
[GenerateSerializer, Immutable, Alias("tempera.checkpoint-record")]
public sealed record CheckpointRecord(
    [property: Id(0)] int Round, [property: Id(1)] long Epoch, [property: Id(2)] long Bytes,
    [property: Id(3)] DateTimeOffset WrittenAt, [property: Id(4)] bool? Verified, [property: Id(5)] string? Damage);
