using System.Diagnostics;
using System.Diagnostics.Metrics;

using Tempera.Contracts.Campaigns;
using Tempera.Grains.Serialization;

namespace Tempera.Grains.Telemetry;

/// <summary>The one ActivitySource and the one Meter of a silo with their instruments. Costs next to nothing while nobody listens.</summary>
public sealed class TemperaTelemetry : IDisposable
{
    private readonly ActivitySource _source = new(InstrumentNames.ActivitySource, TemperaVersion.Current);
    private readonly Meter _meter = new(InstrumentNames.Meter, TemperaVersion.Current);
    private readonly Histogram<double> _roundDuration;
    private readonly Histogram<double> _oracleLatency;
    private readonly Histogram<double> _checkpointDuration;
    private readonly Counter<long> _rounds;
    private readonly Counter<long> _oracleCalls;
    private readonly Counter<long> _modes;
    private readonly Gauge<double> _loss;
    private readonly Histogram<double> _searchDuration;
    private readonly Histogram<int> _policyAge;
    private readonly Counter<long> _searched;
    private readonly Counter<double> _searchWait;
    private readonly Gauge<double> _searchBeta;
    private readonly Gauge<double> _clamped;
    private readonly Gauge<long> _replayObjects;

    /// <summary>Creates the instruments.</summary>
    public TemperaTelemetry()
    {
        _roundDuration = _meter.CreateHistogram<double>(InstrumentNames.RoundDuration, "s", "Duration of a round.");
        _oracleLatency = _meter.CreateHistogram<double>(InstrumentNames.OracleLatency, "s", "Duration of a batch of oracle calls.");
        _checkpointDuration = _meter.CreateHistogram<double>(InstrumentNames.CheckpointDuration, "s", "Duration of writing a checkpoint.");
        _rounds = _meter.CreateCounter<long>(InstrumentNames.Rounds, "{round}", "Rounds committed.");
        _oracleCalls = _meter.CreateCounter<long>(InstrumentNames.OracleCalls, "{call}", "Objects the oracle was called for.");
        _modes = _meter.CreateCounter<long>(InstrumentNames.ModesDiscovered, "{mode}", "Modes discovered.");
        _loss = _meter.CreateGauge<double>(InstrumentNames.Loss, null, "Loss of the last round.");
        _clamped = _meter.CreateGauge<double>(InstrumentNames.LogitsClamped, "1", "Share of logits clamped in the last round.");
        _searchDuration = _meter.CreateHistogram<double>(InstrumentNames.SearchDuration, "s", "Duration of a search, from request to scores.");
        _policyAge = _meter.CreateHistogram<int>(InstrumentNames.PolicyAge, "{round}", "Age of the oldest policy that a round's trajectories were drawn from.");
        _searched = _meter.CreateCounter<long>(InstrumentNames.SearchTrajectories, "{trajectory}", "Trajectories that searchers drew.");
        _searchWait = _meter.CreateCounter<double>(InstrumentNames.SearchWait, "s", "Time that rounds waited for searchers.");
        _searchBeta = _meter.CreateGauge<double>(InstrumentNames.SearchBeta, null, "Inverse temperature of a searcher.");
        _replayObjects = _meter.CreateGauge<long>(InstrumentNames.ReplayObjects, "{object}", "Objects in the replay buffer.");
    }

    /// <summary>Starts a span; null while nobody listens.</summary>
    public Activity? Start(string name) => _source.StartActivity(name);

    /// <summary>Starts a campaign's span for a round; null while nobody listens.</summary>
    /// <param name="name">Name of the span.</param>
    /// <param name="campaign">Campaign id.</param>
    /// <param name="round">The round.</param>
    /// <param name="parent">The span it belongs to; by default the current one.</param>
    public Activity? Start(string name, string campaign, int round, ActivityContext parent = default) =>
        _source.StartActivity(name, ActivityKind.Internal, parent)?.SetTag(InstrumentNames.CampaignTag, campaign).SetTag(InstrumentNames.RoundTag, round);

    /// <summary>
    /// Starts the span of a round: within the trace of the request that asked for it, or, for the later rounds of a long request, in a trace of its own
    /// that links to that one; a round that nobody asked for within a trace begins its own. Null while nobody listens.
    /// </summary>
    internal Activity? StartRound(string campaign, int round, long epoch, TracedRequest? request)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        // What was decided not to be sampled stays so for all of its rounds.
        var asked = request?.Context ?? default;
        var within = asked != default && (!asked.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) || round - request!.After <= TracedRequest.RoundsWithin);
        var span = within
            ? _source.StartActivity(SpanNames.Round, ActivityKind.Internal, asked)
            : _source.StartActivity(SpanNames.Round, ActivityKind.Internal, default(ActivityContext), null, asked == default ? null : [new ActivityLink(asked)]);
        return span?.SetTag(InstrumentNames.CampaignTag, campaign).SetTag(InstrumentNames.RoundTag, round).SetTag(InstrumentNames.EpochTag, epoch);
    }

    /// <summary>Starts the span of a part of a checkpoint; null while nobody listens.</summary>
    public Activity? StartPart(string part, int bytes) =>
        _source.StartActivity(SpanNames.CheckpointPart)?.SetTag(InstrumentNames.PartTag, part).SetTag(InstrumentNames.BytesTag, bytes);

    /// <summary>Records a committed round.</summary>
    public void RecordRound(string campaign, CampaignEvent round, int newModes, double seconds)
    {
        var tag = new KeyValuePair<string, object?>(InstrumentNames.CampaignTag, campaign);
        _roundDuration.Record(seconds, tag);
        _rounds.Add(1, tag);
        _modes.Add(newModes, tag);
        if (double.IsFinite(round.Loss))
        {
            _loss.Record(round.Loss, tag);
        }

        if (round.PolicyAge is { } age)
        {
            _policyAge.Record(age, tag);
        }

        _clamped.Record(round.ClampedShare, tag);
        _replayObjects.Record(round.ReplayObjects, tag);
    }

    /// <summary>Records a batch of oracle calls.</summary>
    public void RecordOracle(string campaign, int calls, double seconds)
    {
        var tag = new KeyValuePair<string, object?>(InstrumentNames.CampaignTag, campaign);
        _oracleCalls.Add(calls, tag);
        _oracleLatency.Record(seconds, tag);
    }

    /// <summary>Records a search.</summary>
    public void RecordSearch(string campaign, int searcher, float beta, int trajectories, double seconds)
    {
        var (tag, number) = (new KeyValuePair<string, object?>(InstrumentNames.CampaignTag, campaign), new KeyValuePair<string, object?>(InstrumentNames.SearcherTag, searcher));
        _searchDuration.Record(seconds, tag, number);
        _searched.Add(trajectories, tag, number);
        _searchBeta.Record(beta, tag, number);
    }

    /// <summary>Records that a round waited for searchers.</summary>
    public void RecordSearchWait(string campaign, double seconds) =>
        _searchWait.Add(seconds, new KeyValuePair<string, object?>(InstrumentNames.CampaignTag, campaign));

    /// <summary>Records a checkpoint.</summary>
    public void RecordCheckpoint(string campaign, double seconds) =>
        _checkpointDuration.Record(seconds, new KeyValuePair<string, object?>(InstrumentNames.CampaignTag, campaign));

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }
}
