using Tempera.Contracts.Campaigns;

namespace Tempera.Contracts.Training;

/// <summary>Opens a trainer.</summary>
/// <param name="Specification">The resolved specification.</param>
/// <param name="Epoch">Lease epoch; 0 opens for reading only.</param>
/// <param name="CheckpointRound">Checkpoint to restore; null starts anew.</param>
[GenerateSerializer, Immutable, Alias("tempera.trainer-open-request")]
public sealed record TrainerOpenRequest(
    [property: Id(0)] CampaignSpecification Specification, [property: Id(1)] long Epoch, [property: Id(2)] int? CheckpointRound);

/// <summary>Asks for a round's proposals.</summary>
/// <param name="Round">Round, from 1: the one after the last learned.</param>
/// <param name="OracleCalls">Unique oracle calls so far; schedules may measure progress in them.</param>
/// <param name="Modes">Modes so far; adaptive schedules watch their rate.</param>
[GenerateSerializer, Immutable, Alias("tempera.propose-request")]
public sealed record ProposeRequest([property: Id(0)] int Round, [property: Id(1)] long OracleCalls, [property: Id(2)] int Modes);

/// <summary>The proposals of one round.</summary>
/// <param name="Round">Round, from 1.</param>
/// <param name="Objects">Packed objects, 16 bytes each, little endian, <c>[batch]</c>.</param>
/// <param name="Betas">float32 betas, <c>[batch]</c>.</param>
[GenerateSerializer, Immutable, Alias("tempera.proposal-batch")]
public sealed record ProposalBatch(
    [property: Id(0)] int Round, [property: Id(1)] byte[] Objects, [property: Id(2)] byte[] Betas);

/// <summary>What a round's gradient steps are taken on.</summary>
/// <param name="Round">Round, from 1; its proposals must be the trainer's latest.</param>
/// <param name="Scores">float64 raw scores of the proposals, <c>[batch]</c>.</param>
/// <param name="ReplayObjects">Packed replayed objects, <c>[replay batch]</c>; empty skips replay.</param>
/// <param name="ReplayScores">float64 raw scores of the replayed objects.</param>
[GenerateSerializer, Immutable, Alias("tempera.learn-request")]
public sealed record LearnRequest(
    [property: Id(0)] int Round, [property: Id(1)] byte[] Scores,
    [property: Id(2)] byte[] ReplayObjects, [property: Id(3)] byte[] ReplayScores);

/// <summary>A round on trajectories that searchers drew; there may be none.</summary>
/// <param name="Request">Round, oracle calls and modes so far.</param>
/// <param name="States">Packed states, 16 bytes each, <c>[batch, step + 1]</c>.</param>
/// <param name="Lengths">int32 transitions, <c>[batch]</c>.</param>
/// <param name="Betas">float32 betas, <c>[batch]</c>.</param>
/// <param name="Scores">float64 raw scores, <c>[batch]</c>.</param>
/// <param name="ReplayObjects">Packed replayed objects, <c>[replay batch]</c>; empty skips replay.</param>
/// <param name="ReplayScores">float64 raw scores of the replayed objects.</param>
[GenerateSerializer, Immutable, Alias("tempera.searched-round")]
public sealed record SearchedRound(
    [property: Id(0)] ProposeRequest Request, [property: Id(1)] byte[] States, [property: Id(2)] byte[] Lengths, [property: Id(3)] byte[] Betas,
    [property: Id(4)] byte[] Scores, [property: Id(5)] byte[] ReplayObjects, [property: Id(6)] byte[] ReplayScores);

/// <summary>What a round's gradient steps did. Losses are those of the first step of each kind.</summary>
[GenerateSerializer, Immutable, Alias("tempera.learn-report")]
public sealed record LearnReport(
    [property: Id(0)] int Round, [property: Id(1)] double Loss, [property: Id(2)] double ReplayLoss, [property: Id(3)] double LogZ,
    [property: Id(4)] double ClampedShare, [property: Id(5)] double GradientNorm, [property: Id(6)] int SkippedSteps);

/// <summary>Asks for a checkpoint.</summary>
/// <param name="Round">Rounds committed.</param>
/// <param name="State">UTF-8 JSON of everything that is not weights or optimiser, written as <c>state.json</c>.</param>
[GenerateSerializer, Immutable, Alias("tempera.checkpoint-request")]
public sealed record CheckpointRequest([property: Id(0)] int Round, [property: Id(1)] byte[] State);

/// <summary>Objects sampled from the policy.</summary>
/// <param name="Objects">Packed objects, 16 bytes each.</param>
/// <param name="LogProbabilities">float64 log p(x | beta).</param>
[GenerateSerializer, Immutable, Alias("tempera.policy-samples")]
public sealed record PolicySamples([property: Id(0)] byte[] Objects, [property: Id(1)] byte[] LogProbabilities);
