using System.Globalization;

using Microsoft.Extensions.Logging;

using Tempera.Contracts.Oracles;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Evaluations;
using Tempera.Grains.Hosting;
using Tempera.Grains.Placement;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;
using Tempera.Grains.Training;

namespace Tempera.Grains.Oracles;

/// <summary>Evaluation of one shard's objects, with a segment of the evaluation log of its own.</summary>
/// <remarks>
/// Batches are scored one at a time: an object that two searchers bring is scored for the first and known to the second. What is scored is flushed
/// also while the oracle takes its time for the next.
/// </remarks>
[SpreadPlacement]
internal sealed partial class OracleShardGrain : Grain, IOracleShardGrain
{
    private readonly CampaignServices _services;
    private readonly IOracleJournal _journal;
    private readonly ILogger<OracleShardGrain> _logger;
    private readonly string _campaign;
    private readonly int _shard;
    private readonly ComputeThread _compute;
    private readonly OracleCaller _caller;
    private readonly LongCalls<(long Epoch, float Beta, string Objects), OracleReport> _calls;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _log = new(1, 1);
    private OracleSession? _session;
    private long _epoch;

    /// <summary>Activates the grain; the first batch opens it.</summary>
    public OracleShardGrain(IGrainContext context, CampaignServices services, IOracleJournal journal, ILogger<OracleShardGrain> logger)
    {
        (_services, _journal, _logger) = (services, journal, logger);
        var key = context.GrainId.Key.ToString()!.Split('/');
        (_campaign, _shard) = (key[0], int.Parse(key[1], CultureInfo.InvariantCulture));
        _compute = new ComputeThread($"tempera-oracle-{_campaign}-{_shard}");
        _caller = new OracleCaller(services, _campaign, _compute);
        _calls = new LongCalls<(long Epoch, float Beta, string Objects), OracleReport>(services.Time);
    }

    /// <inheritdoc/>
    public Task<OracleReport?> Score(OracleShardBatch batch) =>
        _calls.Ask((batch.Epoch, batch.Beta, Convert.ToHexString(batch.Objects)), () => InTurn(_turn, () => ScoreNow(batch)));

    /// <inheritdoc/>
    public Task Flush() => InTurn(_log, async () =>
    {
        await (_session?.Flush() ?? Task.CompletedTask);
        return true;
    });

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _compute.Dispose();
        return Task.CompletedTask;
    }

    private static async Task<T> InTurn<T>(SemaphoreSlim turn, Func<Task<T>> work)
    {
        await turn.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<OracleReport> ScoreNow(OracleShardBatch batch)
    {
        var session = await Open(batch);
        try
        {
            var evaluated = await _caller.Evaluate(session, batch.Objects);
            var betas = new float[batch.Objects.Length / 16];
            Array.Fill(betas, batch.Beta);
            var report = await InTurn(_log, () => session.Log(new OracleBatch(0, batch.Objects, Packed.ToBytes<float>(betas)), evaluated));
            _journal.Acknowledge(_campaign, _epoch, round: 0, Packed.Objects(batch.Objects));
            return report;
        }
        catch
        {
            // Where the segment ends is no longer known: the next batch begins another one.
            _session = null;
            throw;
        }
    }

    private async Task<OracleSession> Open(OracleShardBatch batch)
    {
        if (_session is not null && batch.Epoch == _epoch)
        {
            return _session;
        }

        if (batch.Epoch < _epoch)
        {
            throw CampaignLease.Stale(batch.Epoch, _epoch);
        }

        _session = null;
        var names = new CampaignBlobs(_campaign);
        var resolved = _services.Specifications.Resolve(batch.Specification);
        var oracle = resolved.Task.Oracle;
        var writer = await EvaluationLogWriter.OpenShard(
            _services.Blobs, names, (batch.Epoch, _shard), new CampaignLease(_services.Blobs, names), EvaluationFormat.OracleHash(oracle.Version),
            _services.Options.DurableEvaluations);
        var session = new OracleSession(_journal.Witness(oracle, _campaign, batch.Epoch), writer)
        {
            Delay = TimeSpan.FromMilliseconds(resolved.Settings.OracleDelayMs),
        };
        await foreach (var segment in new EvaluationLogReader(_services.Blobs, names).ReadShard(_shard))
        {
            session.Remember(segment);
            if (segment.Damage is not null)
            {
                LogDamage(_campaign, segment.Damage);
            }
        }

        (_session, _epoch) = (session, batch.Epoch);
        return session;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Evaluation log of {Campaign}: {Damage}")]
    private partial void LogDamage(string campaign, string damage);
}
