namespace Tempera.Grains.Telemetry;

/// <summary>Names of the meter, the activity source and every instrument. Dashboards rely on them.</summary>
public static class InstrumentNames
{
    /// <summary>Name of the one Meter.</summary>
    public const string Meter = "Tempera";

    /// <summary>Name of the one ActivitySource.</summary>
    public const string ActivitySource = "Tempera";

    /// <summary>Histogram, seconds: a whole round.</summary>
    public const string RoundDuration = "tempera.round.duration";

    /// <summary>Counter: rounds committed.</summary>
    public const string Rounds = "tempera.rounds";

    /// <summary>Histogram, seconds: one batch of oracle calls.</summary>
    public const string OracleLatency = "tempera.oracle.latency";

    /// <summary>Counter: objects the oracle was called for.</summary>
    public const string OracleCalls = "tempera.oracle.calls";

    /// <summary>Counter: modes discovered.</summary>
    public const string ModesDiscovered = "tempera.modes.discovered";

    /// <summary>Gauge: loss of the last round.</summary>
    public const string Loss = "tempera.loss";

    /// <summary>Gauge, 0..1: share of logits clamped in the last round.</summary>
    public const string LogitsClamped = "tempera.logits.clamped";

    /// <summary>Gauge: objects in the replay buffer.</summary>
    public const string ReplayObjects = "tempera.replay.objects";

    /// <summary>Histogram, seconds: writing a checkpoint.</summary>
    public const string CheckpointDuration = "tempera.checkpoint.duration";

    /// <summary>Histogram, seconds: a search, from request to scores.</summary>
    public const string SearchDuration = "tempera.search.duration";

    /// <summary>Counter: trajectories that searchers drew.</summary>
    public const string SearchTrajectories = "tempera.search.trajectories";

    /// <summary>Gauge: inverse temperature of a searcher.</summary>
    public const string SearchBeta = "tempera.search.beta";

    /// <summary>Histogram, rounds: age of the oldest policy that a round's trajectories were drawn from.</summary>
    public const string PolicyAge = "tempera.policy.age";

    /// <summary>Counter, seconds: time that rounds waited for searchers.</summary>
    public const string SearchWait = "tempera.search.wait";

    /// <summary>Counter, seconds: time the learner waited for its device.</summary>
    public const string DeviceWait = "tempera.device.wait";

    /// <summary>Gauge, bytes: memory of the GPU in use.</summary>
    public const string DeviceMemoryUsed = "tempera.device.memory.used";

    /// <summary>Gauge, bytes: memory of the GPU that its driver keeps.</summary>
    public const string DeviceMemoryReserved = "tempera.device.memory.reserved";

    /// <summary>Gauge, 0..1: share of time in which a kernel ran.</summary>
    public const string DeviceUtilization = "tempera.device.utilization";

    /// <summary>Tag: device, for example <c>cuda:0</c>.</summary>
    public const string DeviceTag = "tempera.device";

    /// <summary>Tag: product name of a GPU.</summary>
    public const string DeviceNameTag = "tempera.device.name";

    /// <summary>Tag: campaign id.</summary>
    public const string CampaignTag = "tempera.campaign";

    /// <summary>Tag: number of a searcher.</summary>
    public const string SearcherTag = "tempera.searcher";

    /// <summary>Tag: round.</summary>
    public const string RoundTag = "tempera.round";

    /// <summary>Tag of a round's span: lease epoch under which it ran.</summary>
    public const string EpochTag = "tempera.epoch";

    /// <summary>Tag: name of a checkpoint's part.</summary>
    public const string PartTag = "tempera.part";

    /// <summary>Tag: bytes written.</summary>
    public const string BytesTag = "tempera.bytes";
}
