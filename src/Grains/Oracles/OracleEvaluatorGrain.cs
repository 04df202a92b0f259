using Microsoft.Extensions.Logging;

using Orleans.Placement;

using Tempera.Contracts.Errors;
using Tempera.Contracts.Oracles;
using Tempera.Grains.Evaluations;
using Tempera.Grains.Hosting;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;
using Tempera.Grains.Training;

namespace Tempera.Grains.Oracles;

/// <summary>In-process evaluation with the evaluation log as memory.</summary>
/// <remarks>Calls come one at a time; the known scores are touched only in the grain's turns.</remarks>
[Immovable, PreferLocalPlacement]
internal sealed partial class OracleEvaluatorGrain : Grain, IOracleEvaluatorGrain
{
    private readonly CampaignServices _services;
    private readonly IOracleJournal _journal;
    private readonly ILogger<OracleEvaluatorGrain> _logger;
    private readonly string _campaign;
    private readonly ComputeThread _compute;
    private readonly OracleCaller _caller;
    private readonly LongCalls<(long Epoch, int Round), OracleReport> _evaluations;
    private OracleSession? _session;
    private long _epoch;

    /// <summary>Activates the grain; it is opened before it is used.</summary>
    public OracleEvaluatorGrain(
        IGrainContext context, CampaignServices services, IOracleJournal journal, ILogger<OracleEvaluatorGrain> logger)
    {
        (_services, _journal, _logger) = (services, journal, logger);
        _campaign = context.GrainId.Key.ToString()!.Split('/')[0];
        _compute = new ComputeThread($"tempera-oracle-{_campaign}");
        _caller = new OracleCaller(services, _campaign, _compute);
        _evaluations = new LongCalls<(long Epoch, int Round), OracleReport>(services.Time);
    }

    private OracleSession Session => _session ?? throw new TemperaException(TemperaError.InvalidState,
        "An evaluator is opened before it is used; this one is not open. Resume the campaign.");

    /// <inheritdoc/>
    public async Task Open(OracleOpenRequest request)
    {
        _session = null;
        var names = new CampaignBlobs(_campaign);
        var resolved = _services.Specifications.Resolve(request.Specification);
        var oracle = resolved.Task.Oracle;
        var writer = request.Epoch == 0
            ? null
            : await EvaluationLogWriter.Open(
                _services.Blobs, names, request.Epoch, EvaluationFormat.OracleHash(oracle.Version), _services.Options.DurableEvaluations);
        var session = new OracleSession(_journal.Witness(oracle, _campaign, request.Epoch), writer)
        {
            Delay = TimeSpan.FromMilliseconds(resolved.Settings.OracleDelayMs),
        };
        await foreach (var segment in new EvaluationLogReader(_services.Blobs, names).ReadSegments())
        {
            session.Remember(segment);
            if (segment.Damage is not null)
            {
                LogDamage(_campaign, segment.Damage);
            }
        }

        (_session, _epoch) = (session, request.Epoch);
    }

    /// <inheritdoc/>
    public Task<OracleReport?> Evaluate(OracleBatch batch) => _evaluations.Ask((_epoch, batch.Round), () => Evaluate(Session, batch));

    /// <inheritdoc/>
    public async Task Record(OracleRecord record)
    {
        var session = Session;
        session.Learn(Packed.Objects(record.Objects).ToArray(), Packed.Doubles(record.Scores).ToArray());
        await session.Log(new OracleBatch(record.Round, record.Objects, record.Betas), evaluated: 0);
        _journal.Acknowledge(_campaign, _epoch, record.Round, Packed.Objects(record.Objects));
    }

    /// <inheritdoc/>
    public async Task<byte[]> Peek(byte[] objects)
    {
        var session = Session;
        var unknown = session.Unknown(objects);
        return session.Scores(objects, unknown, unknown.Length == 0 ? [] : await _caller.Score(session, unknown));
    }

    /// <inheritdoc/>
    public Task Flush() => Session.Flush();

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _compute.Dispose();
        return Task.CompletedTask;
    }

    private async Task<OracleReport> Evaluate(OracleSession session, OracleBatch batch)
    {
        var report = await session.Log(batch, await _caller.Evaluate(session, batch.Objects));
        _journal.Acknowledge(_campaign, _epoch, batch.Round, Packed.Objects(batch.Objects));
        return report;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Evaluation log of {Campaign}: {Damage}")]
    private partial void LogDamage(string campaign, string damage);
}
