using System.Diagnostics;

using Microsoft.Extensions.Logging;

using Orleans.Placement;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Contracts.Indexing;
using Tempera.Grains.Accelerators;
using Tempera.Grains.Hosting;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;
using Tempera.Grains.Tasks;

namespace Tempera.Grains.Campaigns;

/// <summary>One campaign: commands here, readings in the other part.</summary>
/// <remarks>
/// A command is accepted when <c>campaign.json</c> has it. Commands come one at a time; Status, Watch and the runner's loop
/// come between their awaits, and read what is complete at every await.
/// </remarks>
[ActivationCountBasedPlacement]
internal sealed partial class CampaignGrain : Grain, ICampaignGrain
{
    private static readonly TimeSpan IdleGrace = TimeSpan.FromMinutes(10);

    private readonly CampaignServices _services;
    private readonly RunningCampaigns _running;
    private readonly ILogger<CampaignGrain> _logger;
    private readonly string _id;
    private readonly CampaignBlobs _names;
    private readonly CampaignDocumentStore _documents;
    private readonly CampaignEventLog _events;
    private readonly CampaignEventHub _hub;
    private readonly AcceleratorSeat _seat;
    private readonly CampaignOpener _opener;
    private CampaignRunner? _runner;
    private CampaignSession? _reading;
    private string? _warning;
    private string? _unrecordedFailure;
    private bool _starting;
    private long _keptAlive;

    /// <summary>Activates the grain; storage is read by the first call.</summary>
    public CampaignGrain(IGrainContext context, IGrainFactory grains, CampaignServices services, RunningCampaigns running, IAcceleratorMap accelerators, ILogger<CampaignGrain> logger)
    {
        (_services, _running, _logger) = (services, running, logger);
        _id = context.GrainId.Key.ToString()!;
        _names = new CampaignBlobs(_id);
        _documents = new CampaignDocumentStore(services.Blobs, _names, services.Time);
        _events = new CampaignEventLog(services.Blobs, _names);
        _hub = new CampaignEventHub(services.Options.WatchBacklog);
        _seat = new AcceleratorSeat(services, grains, accelerators, _id);
        _opener = new CampaignOpener(services, _names, _documents, _events, CampaignMembers.Of(grains, _id), _seat);
    }

    /// <inheritdoc/>
    public async Task<CampaignSnapshot> Create(CampaignSpecification specification)
    {
        RefuseReadOnly();
        await _documents.EnsureLoaded();
        var resolved = _services.Specifications.Resolve(specification);
        if (_documents.Current is null)
        {
            var now = _services.Time.GetUtcNow();
            await _documents.TryCreate(new CampaignDocument
            {
                TemperaVersion = TemperaVersion.Current,
                Id = _id,
                Specification = resolved.Specification,
                State = CampaignState.Created,
                KnownModes = resolved.Task.Modes?.KnownCount,
                CreatedAt = now,
                UpdatedAt = now,
            });
        }

        var existing = _documents.Current!.Specification;
        // Resolved again, so that a setting that a later version brought has its default in a campaign of an earlier one; with the
        // facts of this host, since a table may have moved.
        var here = SpecificationComparer.WithHostFacts(existing, resolved.Specification);
        SpecificationComparer.RequireSame(_id, _services.Specifications.Resolve(here).Specification, resolved.Specification);
        if (!IsRunning && existing != resolved.Specification)
        {
            await Write(before => before with { Specification = here });
            (_runner, _reading) = (null, null);
        }

        await GrainFactory.GetGrain<ICampaignIndexGrain>(0).Register(_id);
        return Snapshot();
    }

    /// <inheritdoc/>
    public async Task<CampaignSnapshot> Discover(DiscoverRequest request)
    {
        CampaignArguments.Check(request);
        var document = await Document(forWriting: true);
        if (document.Commands.Contains(request.Key))
        {
            return Snapshot();
        }

        RefuseCancelled(document);
        var asking = Activity.Current;
        return await Begin(before => before.WithCommand(request.Key, request.Rounds, asking));
    }

    /// <inheritdoc/>
    public async Task<CampaignSnapshot> Resume()
    {
        var document = await Document(forWriting: true);
        RefuseCancelled(document);
        if (document.State == CampaignState.Created)
        {
            throw new TemperaException(TemperaError.InvalidState,
                $"Resume carries on towards a target; no round of '{_id}' has been asked for. Ask for rounds with discover.");
        }

        var nothingLeft = document.State == CampaignState.Completed && document.Counters.Round >= document.TargetRound;
        var asking = Activity.Current;
        return IsRunning || nothingLeft ? Snapshot() : await Begin(before => before.WithResume(asking));
    }

    /// <inheritdoc/>
    public async Task<CampaignSnapshot> Revive()
    {
        await _documents.EnsureLoaded();
        return _services.Options.Revives && !_running.IsStopping && !IsRunning && _documents.Current is { State: CampaignState.Running }
            ? await Begin(static before => before)
            : Snapshot();
    }

    /// <inheritdoc/>
    public Task<CampaignSnapshot> Pause() => Stop(CampaignStop.Pause, static before =>
        before.State == CampaignState.Running ? before with { State = CampaignState.Paused } : before);

    /// <inheritdoc/>
    public Task<CampaignSnapshot> Cancel() => Stop(CampaignStop.Cancel, static before =>
        before.State == CampaignState.Cancelled ? before : before with { State = CampaignState.Cancelled });

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_runner is { IsRunning: true } runner)
        {
            try
            {
                await runner.Stop(CampaignStop.Suspend).WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                LogUnfinished(_id, runner.Session.CheckpointRound ?? 0);
            }
        }

        _hub.Complete();
    }

    private bool IsRunning => _runner is { IsRunning: true };

    private async Task<CampaignSnapshot> Begin(Func<CampaignDocument, CampaignDocument> change)
    {
        if (_runner is { IsRunning: true } running)
        {
            if ((await Write(change)).State == CampaignState.Running)
            {
                return Snapshot();
            }

            // The loop had already decided to end; the target is raised, so it starts again below.
            await running.Completion;
            change = static before => before;
        }

        _starting = true;
        try
        {
            await Watched();
            if (_runner is { HasFailed: false, Session.Epoch: > 0 })
            {
                await Write(before => change(before) with { State = CampaignState.Running, Failure = null });
            }
            else
            {
                _runner = new CampaignRunner(Context(), await Open(change));
            }

            Start(_runner);
        }
        catch (AcceleratorQueuedException exception)
        {
            _warning = exception.Message;
        }
        finally
        {
            _starting = false;
        }

        return Snapshot();
    }

    private async Task<CampaignSession> Open(Func<CampaignDocument, CampaignDocument> change)
    {
        (_runner, _reading, _unrecordedFailure) = (null, null, null);
        LogOpening(_id, _documents.Current!.Epoch + 1);
        try
        {
            var opened = await _opener.OpenForRunning(change);
            _warning = opened.Warning;
            return opened.Session;
        }
        catch (Exception exception) when (exception is AcceleratorQueuedException || (_services.Options.Revives && CampaignFault.IsPassing(exception)))
        {
            throw;
        }
        catch (Exception exception) when (!CampaignFault.IsStale(exception))
        {
            await _documents.Update(before => change(before) with { State = CampaignState.Failed, Failure = CampaignFault.Describe(exception) });
            throw;
        }
        catch (TemperaException exception)
        {
            Abandon(exception);
            throw;
        }
    }

    private Task Watched() =>
        _services.Options.Revives ? GrainFactory.GetGrain<ICampaignIndexGrain>(0).Register(_id) : Task.CompletedTask;

    private void Start(CampaignRunner runner)
    {
        var scheduler = TaskScheduler.Current;
        runner.Start(_warning);
        var registration = _running.Add(_id, () => Task.Factory.StartNew(
            () => runner.Stop(CampaignStop.Suspend), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap());
        _ = runner.Completion.ContinueWith(
            static (_, state) => ((IDisposable)state!).Dispose(), registration, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task<CampaignSnapshot> Stop(CampaignStop stop, Func<CampaignDocument, CampaignDocument> whenIdle)
    {
        await Document(forWriting: true);
        if (_runner is { IsRunning: true } runner)
        {
            await runner.Stop(stop);
        }

        await Write(before => before.State == CampaignState.Running || stop == CampaignStop.Cancel ? whenIdle(before) : before);
        return Snapshot();
    }

    private async Task<CampaignDocument> Write(Func<CampaignDocument, CampaignDocument> change)
    {
        try
        {
            return await _documents.Update(change);
        }
        catch (TemperaException exception) when (CampaignFault.IsStale(exception))
        {
            Abandon(exception);
            throw;
        }
    }

    private void Abandon(Exception exception)
    {
        _hub.Complete(exception);
        DeactivateOnIdle();
    }

    private CampaignRunnerContext Context() => new()
    {
        CampaignId = _id,
        Documents = _documents,
        Events = _events,
        Hub = _hub,
        Logger = _logger,
        Reopen = async () => (await _opener.OpenForRunning(static before => before)).Session,
        Seat = () => _seat.Place is { } place ? $"The trainer is on GPU {place.Index} of silo {place.Name} now." : "The trainer has no GPU any more and goes on with what the silo has.",
        KeepAlive = KeepAlive,
        Revives = _services.Options.Revives,
        Fail = failure => _unrecordedFailure = failure,
        Abandon = Abandon,
    };

    private void KeepAlive()
    {
        if (_keptAlive == 0 || _services.Time.GetElapsedTime(_keptAlive) > IdleGrace / 2)
        {
            _keptAlive = _services.Time.GetTimestamp();
            DelayDeactivation(IdleGrace);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Campaign {Campaign} opens its grains for epoch {Epoch}")]
    private partial void LogOpening(string campaign, long epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campaign {Campaign} was stopped before its checkpoint; it carries on from round {Round}")]
    private partial void LogUnfinished(string campaign, int round);
}
