using Tempera.Contracts.Campaigns;

namespace Tempera.Contracts.Searching;

/// <summary>Asks for a search.</summary>
/// <param name="Specification">The resolved specification.</param>
/// <param name="Epoch">Lease epoch of the campaign.</param>
/// <param name="Searcher">Which searcher, from 0.</param>
/// <param name="Sequence">Which of its searches, from 1: the key of its random stream.</param>
/// <param name="Beta">Inverse temperature to sample at.</param>
/// <param name="PolicyRound">Round of the published policy to sample from.</param>
[GenerateSerializer, Immutable, Alias("tempera.search-request")]
public sealed record SearchRequest(
    [property: Id(0)] CampaignSpecification Specification, [property: Id(1)] long Epoch, [property: Id(2)] int Searcher,
    [property: Id(3)] int Sequence, [property: Id(4)] float Beta, [property: Id(5)] int PolicyRound);

/// <summary>What a search found.</summary>
/// <param name="States">Packed states, 16 bytes each, <c>[trajectory, step + 1]</c>.</param>
/// <param name="Lengths">int32 transitions, <c>[trajectory]</c>.</param>
/// <param name="Objects">Packed terminal objects, <c>[trajectory]</c>.</param>
/// <param name="Scores">float64 raw scores, <c>[trajectory]</c>.</param>
/// <param name="Evaluated">Objects the oracle was really called for.</param>
/// <param name="Silo">Name of the silo it ran on.</param>
[GenerateSerializer, Immutable, Alias("tempera.search-report")]
public sealed record SearchReport(
    [property: Id(0)] byte[] States, [property: Id(1)] byte[] Lengths, [property: Id(2)] byte[] Objects,
    [property: Id(3)] byte[] Scores, [property: Id(4)] int Evaluated, [property: Id(5)] string Silo);
