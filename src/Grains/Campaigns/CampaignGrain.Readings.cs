using System.Runtime.CompilerServices;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Serialization;

namespace Tempera.Grains.Campaigns;

/// <content>Readings: between the rounds of a running campaign, else at the newest good checkpoint without writing anything.</content>
internal sealed partial class CampaignGrain
{
    /// <inheritdoc/>
    public async Task<CampaignSnapshot> Status()
    {
        await _documents.EnsureLoaded();
        return Snapshot();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CampaignEvent> Watch(long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Document(forWriting: false);
        var watch = new CampaignWatch(_hub, _events, _services.Time, _services.Options.HeartbeatInterval);
        await foreach (var campaignEvent in watch.Events(afterSequence, LastState, cancellationToken))
        {
            yield return campaignEvent;
        }
    }

    /// <inheritdoc/>
    public Task<SampleResult> Sample(SampleRequest request)
    {
        CampaignArguments.Check(request);
        return Read(async session =>
        {
            var samples = await session.Members.Trainer.Sample(request);
            var scores = await (request.Score ? session.Members.Oracle.Peek(samples.Objects) : session.Members.Replay.Lookup(samples.Objects));
            var (objects, logs, known) = (Packed.Objects(samples.Objects).ToArray(), Packed.Doubles(samples.LogProbabilities).ToArray(), Packed.Doubles(scores).ToArray());
            return new SampleResult(request.Beta, [.. objects.Select((packed, i) => new SampledObject(
                session.Task.Space.Format(packed), logs[i], double.IsNaN(known[i]) ? null : known[i])
            {
                Smiles = session.Task.Smiles(packed),
            })]);
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<EvaluationRecord>> Evaluate(EvaluateRequest request)
    {
        CampaignArguments.Check(request);
        return Read(session => session.Members.Trainer.Evaluate(request));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ModeRecord>> Modes() => Read(static session => session.Members.Replay.Modes());

    /// <inheritdoc/>
    public Task<EvaluationPage> Evaluations(long from, int count)
    {
        CampaignArguments.CheckPage(from, count);
        return Read(session => session.Members.Replay.Page(from, count));
    }

    /// <inheritdoc/>
    public Task<TemperatureCurves> TemperatureCurves(float betaMin, float betaMax, int points)
    {
        CampaignArguments.CheckGrid(betaMin, betaMax, points);
        return Read(session => session.Members.Trainer.TemperatureCurves(betaMin, betaMax, points));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckpointRecord>> Checkpoints(bool verify)
    {
        await Document(forWriting: false);
        var catalog = new CheckpointCatalog(new CheckpointReader(_services.Blobs, _names));
        return _runner is { } runner ? await runner.BetweenRounds(_ => catalog.List(verify)) : await catalog.List(verify);
    }

    private async Task<T> Read<T>(Func<CampaignSession, Task<T>> reading)
    {
        await Document(forWriting: false);
        if (_runner is { HasFailed: false } runner)
        {
            try
            {
                return await runner.BetweenRounds(reading);
            }
            catch (Exception exception) when (CampaignFault.IsLoss(exception) && !runner.IsRunning)
            {
                // Idle grains are collected; everything they had is in the checkpoint.
                _runner = null;
            }
        }

        try
        {
            return await reading(_reading ??= await OpenForReading());
        }
        catch (Exception exception) when (CampaignFault.IsLoss(exception))
        {
            _reading = await OpenForReading();
            return await reading(_reading);
        }
    }

    private async Task<CampaignSession> OpenForReading()
    {
        _runner = null;
        var opened = await _opener.OpenForReading();
        _warning = opened.Warning;
        return opened.Session;
    }

    private async Task<CampaignDocument> Document(bool forWriting)
    {
        if (forWriting)
        {
            RefuseReadOnly();
        }

        await _documents.EnsureLoaded();
        return _documents.Current ?? throw new TemperaException(TemperaError.UnknownCampaign,
            $"A campaign is created before it is used; storage has none with the id '{_id}'. Create it, or check the id.");
    }

    private void RefuseReadOnly()
    {
        if (_services.Options.ReadOnly)
        {
            throw new TemperaException(TemperaError.InvalidState,
                $"A campaign opened for reading takes no commands; '{_id}' was sent one. Open it for writing.");
        }
    }

    private void RefuseCancelled(CampaignDocument document)
    {
        if (document.State == CampaignState.Cancelled)
        {
            throw new TemperaException(TemperaError.InvalidState,
                $"A cancelled campaign runs no further rounds; '{_id}' was cancelled at round {document.Counters.Round}. Create another campaign.");
        }
    }

    // A document that says Running while nothing runs is what a crash leaves. Only the process that may write can know that nothing
    // runs; in a cluster somebody is about to carry on.
    private bool IsInterrupted => _documents.Current is { State: CampaignState.Running } && !IsRunning && !_starting
        && !_services.Options.ReadOnly && !_services.Options.Revives;

    private CampaignEvent? LastState()
    {
        var snapshot = Snapshot();
        var goesOn = IsRunning || _starting || (snapshot.State == CampaignState.Running && _services.Options.Revives);
        return goesOn || snapshot.State == CampaignState.Created ? null : new CampaignEvent
        {
            Kind = CampaignEventKinds.State,
            Sequence = snapshot.Round,
            Round = snapshot.Round,
            State = snapshot.State,
            Message = snapshot.Failure,
        };
    }

    private CampaignSnapshot Snapshot()
    {
        if (_documents.Current is not { } document)
        {
            return new CampaignSnapshot { Id = _id, State = CampaignState.Unknown };
        }

        var counters = _runner?.Session.Counters ?? document.Counters;
        var interrupted = IsInterrupted && _unrecordedFailure is null
            ? $"The run was interrupted after the checkpoint of round {document.CheckpointRound ?? 0}; resume carries on from there."
            : null;
        return new CampaignSnapshot
        {
            Id = _id,
            State = _unrecordedFailure is not null ? CampaignState.Failed : IsInterrupted ? CampaignState.Paused : document.State,
            Specification = document.Specification,
            Round = counters.Round,
            TargetRound = document.TargetRound,
            OracleCalls = counters.OracleCalls,
            Modes = counters.Modes,
            KnownModes = document.KnownModes,
            BestScore = counters.BestScore,
            BestObject = counters.BestObject,
            CheckpointRound = document.CheckpointRound,
            Epoch = document.Epoch,
            Failure = _unrecordedFailure ?? document.Failure,
            Warning = _warning ?? interrupted,
            Accelerator = _seat.Place is { } place ? $"{place.Name}/{place.Index}" : null,
            QueuePosition = _seat.Position > 0 ? _seat.Position : null,
            Searchers = IsRunning ? _runner!.Session.Searchers : [],
        };
    }
}
