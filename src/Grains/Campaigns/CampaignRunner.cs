using System.Diagnostics;

using Microsoft.Extensions.Logging;

using Tempera.Contracts.Campaigns;

namespace Tempera.Grains.Campaigns;

/// <summary>
/// Runs the rounds of an opened campaign until its target, its budget, a stop or a failure.
/// </summary>
/// <remarks>
/// The loop is an asynchronous method on the campaign grain's scheduler that no request awaits, so the grain answers while
/// it runs. Its turns and those of requests never overlap, but interleave at awaits; what must not come between the calls
/// of a round waits for <see cref="_boundary"/>.
/// </remarks>
internal sealed partial class CampaignRunner(CampaignRunnerContext context, CampaignSession session)
{
    private const int MaxRecoveries = 3;

    private readonly SemaphoreSlim _boundary = new(1, 1);
    private CampaignStop _stop;

    /// <summary>The open grains.</summary>
    public CampaignSession Session { get; private set; } = session;

    /// <summary>True while the loop runs.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>True after a failure: the grains may be in the middle of a round and must be opened again.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Completes when the loop has ended; never fails.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Starts the loop; returns at its first await.</summary>
    /// <param name="warning">What watchers and the event log are told first, or null.</param>
    public void Start(string? warning)
    {
        (_stop, IsRunning) = (CampaignStop.None, true);
        Completion = Loop(warning);
    }

    /// <summary>Asks the loop to stop at the next round boundary; completes when it has.</summary>
    public Task Stop(CampaignStop stop)
    {
        _stop = stop > _stop ? stop : _stop;
        return Completion;
    }

    /// <summary>Does something between rounds.</summary>
    public async Task<T> BetweenRounds<T>(Func<CampaignSession, Task<T>> action)
    {
        await _boundary.WaitAsync();
        try
        {
            return await action(Session);
        }
        finally
        {
            _boundary.Release();
        }
    }

    private async Task Loop(string? warning)
    {
        // The loop outlives the request that started it: each round finds its trace in the document, see CampaignDocument.Traces.
        Activity.Current = null;
        RequestContext.Clear();
        try
        {
            Session.StartClock();
            await Record(Session.Note(CampaignEventKinds.State, CampaignState.Running, null));
            if (warning is not null)
            {
                await Record(Session.Note(CampaignEventKinds.Warning, CampaignState.Running, warning));
            }

            do
            {
                await RunRounds();
            }
            while (!await BetweenRounds(_ => Finish()));
        }
        catch (Exception exception)
        {
            await Fail(exception);
        }
        finally
        {
            Session.StopClock();
            Session.SuspendSearch();
            IsRunning = false;
            await LeaveSeat();
        }
    }

    private async Task RunRounds()
    {
        var recoveries = 0;
        while (_stop == CampaignStop.None && !IsReached(context.Documents.Current!))
        {
            try
            {
                await BetweenRounds(RunRound);
                recoveries = 0;
            }
            catch (Exception exception) when (CampaignFault.IsLoss(exception) && recoveries < MaxRecoveries)
            {
                recoveries++;
                LogRecovery(context.Logger, context.CampaignId, Session.Counters.Round + 1, exception);
                await BetweenRounds(_ => Recover());
            }
        }
    }

    private async Task<bool> RunRound(CampaignSession session)
    {
        var document = context.Documents.Current!;
        await Record(await session.RunRound(document.TargetRound, document.TraceOf(session.Counters.Round + 1)));
        context.KeepAlive();
        if (session.IsCheckpointDue)
        {
            await Checkpoint();
        }

        if (_stop == CampaignStop.None && !IsReached(context.Documents.Current!) && await session.HasAnotherSeat())
        {
            if (session.CheckpointRound != session.Counters.Round)
            {
                await Checkpoint();
            }

            await Recover();
            await Record(Session.Note(CampaignEventKinds.Warning, CampaignState.Running, context.Seat()));
        }

        return true;
    }

    // What is not given up expires.
    private async Task LeaveSeat()
    {
        try
        {
            await Session.LeaveSeat();
        }
        catch (Exception exception) when (CampaignFault.IsLoss(exception))
        {
            LogSeat(context.Logger, context.CampaignId, exception);
        }
    }

    private async Task<bool> Recover()
    {
        Session.StopClock();
        Session.SuspendSearch();
        Session = await context.Reopen();
        Session.StartClock();
        return true;
    }

    // True when the loop ends; false when the target was raised meanwhile.
    private async Task<bool> Finish()
    {
        if (Session.Counters.Round > (Session.CheckpointRound ?? 0))
        {
            await Checkpoint();
        }

        var document = await context.Documents.Update(before => Next(before) is var state && state == CampaignState.Running
            ? before
            : before with { State = state, Counters = Session.Counters, CheckpointRound = Session.CheckpointRound });
        if (document.State == CampaignState.Running)
        {
            return _stop == CampaignStop.Suspend;
        }

        Session.StopClock();
        var reached = document.State == CampaignState.Completed && Session.IsBudgetSpent
            ? $"The budget of {Session.Specification.Budget} oracle calls is spent at the end of round {Session.Counters.Round} ({Session.Counters.OracleCalls} calls)."
            : null;
        await Record(Session.Note(CampaignEventKinds.State, document.State, reached));
        return true;
    }

    private CampaignState Next(CampaignDocument document) => _stop switch
    {
        CampaignStop.Cancel => CampaignState.Cancelled,
        CampaignStop.Suspend => CampaignState.Running,
        _ when IsReached(document) => CampaignState.Completed,
        CampaignStop.Pause => CampaignState.Paused,
        _ => CampaignState.Running,
    };

    private bool IsReached(CampaignDocument document) => Session.Counters.Round >= document.TargetRound || Session.IsBudgetSpent;

    private async Task Checkpoint()
    {
        var written = await Session.Checkpoint(context.Events);
        await context.Documents.Update(before => before with { Counters = Session.Counters, CheckpointRound = Session.CheckpointRound });
        await Record(written);
    }

    private async Task Record(CampaignEvent campaignEvent)
    {
        await context.Events.Append(campaignEvent);
        context.Hub.Publish(campaignEvent);
    }

    private async Task Fail(Exception exception)
    {
        HasFailed = true;
        LogFailure(context.Logger, context.CampaignId, Session.Counters.Round + 1, exception);
        if (CampaignFault.IsStale(exception))
        {
            context.Abandon(exception);
            return;
        }

        if (context.Revives && CampaignFault.IsPassing(exception))
        {
            return;
        }

        var failure = CampaignFault.Describe(exception);
        var failed = Session.Note(CampaignEventKinds.State, CampaignState.Failed, failure);
        try
        {
            await context.Documents.Update(before => before with { State = CampaignState.Failed, Failure = failure });
            await context.Events.Append(failed);
        }
        catch (Exception second)
        {
            // Storage may be what failed. Watchers are told in any case; the document still says Running, from which Resume carries on.
            LogUnrecorded(context.Logger, context.CampaignId, second);
            context.Fail(failure);
        }

        context.Hub.Publish(failed);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A grain of {Campaign} was lost in round {Round}; its grains are opened again at the last checkpoint")]
    private static partial void LogRecovery(ILogger logger, string campaign, int round, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The GPU of {Campaign} could not be given up and will be free after a while")]
    private static partial void LogSeat(ILogger logger, string campaign, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Campaign {Campaign} stopped in round {Round}")]
    private static partial void LogFailure(ILogger logger, string campaign, int round, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The failure of {Campaign} could not be recorded")]
    private static partial void LogUnrecorded(ILogger logger, string campaign, Exception exception);
}
