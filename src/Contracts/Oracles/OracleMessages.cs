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
