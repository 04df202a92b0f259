using Orleans.Concurrency;

using Tempera.Contracts.Campaigns;

namespace Tempera.Contracts.Training;

/// <summary>
/// The learner of one campaign (key: campaign id): networks, optimiser, random streams and device.
/// One live writer per campaign, fenced by a lease epoch; compute never runs on the scheduler's threads.
/// </summary>
[Alias("tempera.trainer")]
public interface ITrainerGrain : IGrainWithStringKey
{
    /// <summary>True when it is on a silo; else it leaves the one it is on, and the next call finds it where that call asks for.</summary>
    [Alias("Stay")]
    Task<bool> Stay(SiloAddress silo);

    /// <summary>Builds the learner and restores a checkpoint's weights, or starts anew when no round is given.</summary>
    [Alias("Open"), ResponseTimeout("00:05:00")]
    Task Open(TrainerOpenRequest request);

    /// <summary>Draws the betas and objects of a round. Asking again for the same round returns the same proposal.</summary>
    [Alias("Propose"), ResponseTimeout("00:10:00")]
    Task<ProposalBatch> Propose(ProposeRequest request);

    /// <summary>Takes the gradient steps of a round; a repeated call for a learned round returns the same report.</summary>
    [Alias("Learn"), ResponseTimeout("00:10:00")]
    Task<LearnReport> Learn(LearnRequest request);

    /// <summary>Learns a round from what searchers have found; a repeated call for a learned round returns the same report.</summary>
    [Alias("LearnSearched"), ResponseTimeout("00:10:00")]
    Task<LearnReport> LearnSearched(SearchedRound round);

    /// <summary>Publishes the policy as a blob for searchers, removes old ones, and returns the round it is of.</summary>
    [Alias("Publish"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<int> Publish();

    /// <summary>Writes the parts of a checkpoint, then its manifest.</summary>
    [Alias("WriteCheckpoint"), ResponseTimeout("00:10:00")]
    Task<CheckpointRecord> WriteCheckpoint(CheckpointRequest request);

    /// <summary>Objects from the policy at one beta (packed) with their log-probabilities.</summary>
    [Alias("Sample"), ResponseTimeout("00:10:00")]
    Task<PolicySamples> Sample(SampleRequest request);

    /// <summary>Metrics of the policy.</summary>
    [Alias("Evaluate"), ResponseTimeout("01:00:00")]
    Task<IReadOnlyList<EvaluationRecord>> Evaluate(EvaluateRequest request);

    /// <summary>log Z and logit scales over beta.</summary>
    [Alias("TemperatureCurves")]
    Task<TemperatureCurves> TemperatureCurves(float betaMin, float betaMax, int points);

    /// <summary>Releases the learner and its device.</summary>
    [Alias("Close")]
    Task Close();
}
