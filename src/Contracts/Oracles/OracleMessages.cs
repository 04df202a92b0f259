using Tempera.Contracts.Campaigns;

namespace Tempera.Contracts.Oracles;

/// <summary>Opens an evaluator.</summary>
/// <param name="Specification">The resolved specification.</param>
/// <param name="Epoch">Lease epoch; 0 opens for reading only.</param>
[GenerateSerializer, Immutable, Alias("tempera.oracle-open-request")]
public sealed record OracleOpenRequest([property: Id(0)] CampaignSpecification Specification, [property: Id(1)] long Epoch);

/// <summary>Objects to score: packed objects and float32 betas, <c>[batch]</c>; duplicates allowed.</summary>
[GenerateSerializer, Immutable, Alias("tempera.oracle-batch")]
public sealed record OracleBatch([property: Id(0)] int Round, [property: Id(1)] byte[] Objects, [property: Id(2)] byte[] Betas);

/// <summary>Scores of a batch.</summary>
/// <param name="Scores">float64 raw scores, <c>[batch]</c>.</param>
/// <param name="Evaluated">Objects the oracle was really called for.</param>
/// <param name="FromLog">Distinct objects answered from the evaluation log.</param>
[GenerateSerializer, Immutable, Alias("tempera.oracle-report")]
public sealed record OracleReport([property: Id(0)] byte[] Scores, [property: Id(1)] int Evaluated, [property: Id(2)] int FromLog);

/// <summary>Objects for a shard to score, with all that it takes to open it.</summary>
/// <param name="Specification">The resolved specification.</param>
/// <param name="Epoch">Lease epoch of the campaign.</param>
/// <param name="Objects">Packed objects, <c>[batch]</c>; duplicates allowed.</param>
/// <param name="Beta">Beta they were drawn at.</param>
[GenerateSerializer, Immutable, Alias("tempera.oracle-shard-batch")]
public sealed record OracleShardBatch(
    [property: Id(0)] CampaignSpecification Specification, [property: Id(1)] long Epoch, [property: Id(2)] byte[] Objects,
    [property: Id(3)] float Beta);

/// <summary>A round whose objects were scored elsewhere: packed objects, float32 betas and float64 scores, all <c>[batch]</c>.</summary>
[GenerateSerializer, Immutable, Alias("tempera.oracle-record")]
public sealed record OracleRecord(
    [property: Id(0)] int Round, [property: Id(1)] byte[] Objects, [property: Id(2)] byte[] Betas, [property: Id(3)] byte[] Scores);
