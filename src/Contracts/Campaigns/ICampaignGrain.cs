using Orleans.Concurrency;

using Tempera.Contracts.Errors;

namespace Tempera.Contracts.Campaigns;

/// <summary>
/// One campaign (key: campaign id): its specification, its round counter, its budget and its state machine.
/// Every accepted command survives a crash; rounds are numbered and each is committed once.
/// </summary>
[Alias("tempera.campaign")]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>Creates the campaign, or returns the existing one when its specification is the same.</summary>
    /// <exception cref="TemperaException">The specification is invalid, or another one exists under this id.</exception>
    [Alias("Create")]
    Task<CampaignSnapshot> Create(CampaignSpecification specification);

    /// <summary>Raises the target by a number of rounds and starts running; a repeated key changes nothing.</summary>
    [Alias("Discover")]
    Task<CampaignSnapshot> Discover(DiscoverRequest request);

    /// <summary>Carries on towards the recorded target after a pause or a crash.</summary>
    [Alias("Resume")]
    Task<CampaignSnapshot> Resume();

    /// <summary>
    /// Carries on if the campaign was running and nothing runs it any more, because the silo it was on is gone; changes nothing
    /// otherwise. Called by the cluster itself.
    /// </summary>
    [Alias("Revive"), ResponseTimeout("00:05:00")]
    Task<CampaignSnapshot> Revive();

    /// <summary>Stops at the next round boundary with a checkpoint; completes when that checkpoint is durable.</summary>
    [Alias("Pause"), ResponseTimeout("00:05:00")]
    Task<CampaignSnapshot> Pause();

    /// <summary>Stops for good at the next round boundary with a checkpoint.</summary>
    [Alias("Cancel"), ResponseTimeout("00:05:00")]
    Task<CampaignSnapshot> Cancel();

    /// <summary>What the campaign is doing now.</summary>
    [Alias("Status"), AlwaysInterleave]
    Task<CampaignSnapshot> Status();

    /// <summary>
    /// Events with a sequence above <paramref name="afterSequence"/>, then live ones, with a heartbeat at least every
    /// few seconds. Ends after the event that reports Completed, Failed, Paused or Cancelled.
    /// </summary>
    [Alias("Watch"), AlwaysInterleave]
    IAsyncEnumerable<CampaignEvent> Watch(long afterSequence, CancellationToken cancellationToken = default);

    /// <summary>Objects drawn from the policy at one beta, with log-probabilities and known scores.</summary>
    [Alias("Sample"), ResponseTimeout("00:10:00")]
    Task<SampleResult> Sample(SampleRequest request);

    /// <summary>Metrics of the policy against its target, one record a beta.</summary>
    [Alias("Evaluate"), ResponseTimeout("01:00:00")]
    Task<IReadOnlyList<EvaluationRecord>> Evaluate(EvaluateRequest request);

    /// <summary>The modes discovered so far, in the order of discovery.</summary>
    [Alias("Modes")]
    Task<IReadOnlyList<ModeRecord>> Modes();

    /// <summary>A page of the evaluated objects, in the order of evaluation; at most 10,000 a page.</summary>
    [Alias("Evaluations")]
    Task<EvaluationPage> Evaluations(long from, int count);

    /// <summary>log Z and the logit scales over beta, from the current weights.</summary>
    [Alias("TemperatureCurves")]
    Task<TemperatureCurves> TemperatureCurves(float betaMin, float betaMax, int points);

    /// <summary>The checkpoints that exist, oldest first, each verified against its manifest when asked.</summary>
    [Alias("Checkpoints"), ResponseTimeout("00:10:00")]
    Task<IReadOnlyList<CheckpointRecord>> Checkpoints(bool verify);
}
