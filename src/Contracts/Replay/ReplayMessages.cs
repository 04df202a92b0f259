using Tempera.Contracts.Campaigns;

namespace Tempera.Contracts.Replay;

/// <summary>Opens a replay buffer at a round.</summary>
/// <param name="Specification">The resolved specification.</param>
/// <param name="Round">Evaluations of later rounds are left out.</param>
/// <param name="State">What <c>Capture</c> returned at that round; null for an empty buffer.</param>
/// <param name="Epoch">Lease epoch, whose log segment holds the rounds that follow; 0 opens for reading only.</param>
[GenerateSerializer, Immutable, Alias("tempera.replay-open-request")]
public sealed record ReplayOpenRequest(
    [property: Id(0)] CampaignSpecification Specification, [property: Id(1)] int Round, [property: Id(2)] byte[]? State,
    [property: Id(3)] long Epoch);

/// <summary>A round's evaluations: packed objects, float32 betas and float64 scores, all <c>[batch]</c>.</summary>
[GenerateSerializer, Immutable, Alias("tempera.replay-append")]
public sealed record ReplayAppend(
    [property: Id(0)] int Round, [property: Id(1)] byte[] Objects, [property: Id(2)] byte[] Betas, [property: Id(3)] byte[] Scores);

/// <summary>What the buffer holds after an append; <c>Given</c> counts the objects an offline campaign began with, beside the evaluated <c>Objects</c>.</summary>
[GenerateSerializer, Immutable, Alias("tempera.replay-report")]
public sealed record ReplayReport(
    [property: Id(0)] int Round, [property: Id(1)] int Added, [property: Id(2)] int Objects, [property: Id(3)] int Modes,
    [property: Id(4)] double BestScore, [property: Id(5)] string BestObject, [property: Id(6)] double MeanScore,
    [property: Id(7)] int Given);

/// <summary>A drawn batch: packed objects and float64 scores, <c>[batch]</c>.</summary>
[GenerateSerializer, Immutable, Alias("tempera.replay-draw")]
public sealed record ReplayDraw([property: Id(0)] byte[] Objects, [property: Id(1)] byte[] Scores);
