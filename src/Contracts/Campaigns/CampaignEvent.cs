namespace Tempera.Contracts.Campaigns;

/// <summary>
/// One entry of a campaign's event log. Apart from <see cref="Seconds"/> and <see cref="CpuSeconds"/>, a round event is a
/// function of the specification alone: two runs of one specification write the same ones, also across crashes.
/// </summary>
[GenerateSerializer, Immutable, Alias("tempera.campaign-event")]
public sealed record CampaignEvent
{
    /// <summary>Kinds: <c>round</c>, <c>checkpoint</c>, <c>state</c>, <c>warning</c>, <c>heartbeat</c> (sequence 0, never stored).</summary>
    [Id(0)] public required string Kind { get; init; }

    /// <summary>Position in the campaign's event log, from 1; equal to <see cref="Round"/> order for rounds.</summary>
    [Id(1)] public long Sequence { get; init; }

    /// <summary>Round the event belongs to, from 1.</summary>
    [Id(2)] public int Round { get; init; }

    /// <summary>Unique oracle calls so far.</summary>
    [Id(3)] public long OracleCalls { get; init; }

    /// <summary>Modes discovered so far.</summary>
    [Id(4)] public int Modes { get; init; }

    /// <summary>Best raw score so far.</summary>
    [Id(5)] public double BestScore { get; init; }

    /// <summary>Mean raw score of this round's proposals.</summary>
    [Id(6)] public double MeanScore { get; init; }

    /// <summary>Smallest exploration beta of this round.</summary>
    [Id(7)] public float BetaMin { get; init; }

    /// <summary>Largest exploration beta of this round.</summary>
    [Id(8)] public float BetaMax { get; init; }

    /// <summary>Loss of the first gradient step on this round's proposals.</summary>
    [Id(9)] public double Loss { get; init; }

    /// <summary>Loss of the first gradient step on this round's replayed objects; NaN when replay was skipped.</summary>
    [Id(10)] public double ReplayLoss { get; init; } = double.NaN;

    /// <summary>log Z at the middle of this round's exploration betas.</summary>
    [Id(11)] public double LogZ { get; init; }

    /// <summary>Share of logits clamped in this round, 0..1.</summary>
    [Id(12)] public double ClampedShare { get; init; }

    /// <summary>Gradient norm of the forward policy before clipping.</summary>
    [Id(13)] public double GradientNorm { get; init; }

    /// <summary>Gradient steps skipped so far because the loss or a gradient was not finite.</summary>
    [Id(14)] public int SkippedSteps { get; init; }

    /// <summary>Objects in the replay buffer.</summary>
    [Id(15)] public int ReplayObjects { get; init; }

    /// <summary>The best object so far.</summary>
    [Id(16)] public string? BestObject { get; init; }

    /// <summary>Wall seconds since the campaign (or its resumption) began, plus those of earlier sittings up to the checkpoint.</summary>
    [Id(17)] public double Seconds { get; init; }

    /// <summary>CPU seconds of the process, counted likewise.</summary>
    [Id(18)] public double CpuSeconds { get; init; }

    /// <summary>New state, for kind <c>state</c>.</summary>
    [Id(19)] public CampaignState State { get; init; }

    /// <summary>Text for a person, for kinds <c>state</c> and <c>warning</c>.</summary>
    [Id(20)] public string? Message { get; init; }

    /// <summary>Trajectories of searchers that this round took; null without searchers.</summary>
    [Id(21)] public int? Searched { get; init; }

    /// <summary>Rounds between the oldest policy that they were drawn from and this round; null when there were none.</summary>
    [Id(22)] public int? PolicyAge { get; init; }

    /// <summary>Searches under way when the round began; null without searchers.</summary>
    [Id(23)] public int? SearchesUnderWay { get; init; }
}
