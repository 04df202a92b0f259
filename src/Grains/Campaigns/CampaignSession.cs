using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Contracts.Oracles;
using Tempera.Contracts.Replay;
using Tempera.Contracts.Training;
using Tempera.Grains.Accelerators;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Hosting;
using Tempera.Grains.Serialization;
using Tempera.Grains.Tasks;
using Tempera.Grains.Telemetry;
using Tempera.Model.Tasks;

namespace Tempera.Grains.Campaigns;

/// <summary>The three other grains of a campaign, opened together at one round under one epoch, and the round that joins them.</summary>
internal sealed partial class CampaignSession
{
    private readonly CampaignServices _services;
    private readonly CampaignDocument _document;
    private readonly ResolvedSpecification _resolved;
    private readonly RunClock _clock;
    private AcceleratorSeat? _seat;
    private long _checkpointed;
    private ActivityContext _round;

    private CampaignSession(CampaignServices services, CampaignDocument document, CampaignMembers members, CampaignCounters counters, RunClock clock)
    {
        (_services, _document, Members, Counters, _clock) = (services, document, members, counters, clock);
        _resolved = services.Specifications.Resolve(document.Specification);
        CheckpointRound = counters.Round == 0 ? null : counters.Round;
        _checkpointed = services.Time.GetTimestamp();
    }

    /// <summary>The grains.</summary>
    public CampaignMembers Members { get; }

    /// <summary>What is committed.</summary>
    public CampaignCounters Counters { get; private set; }

    /// <summary>Round of the newest checkpoint; null at the beginning.</summary>
    public int? CheckpointRound { get; private set; }

    /// <summary>The resolved specification.</summary>
    public CampaignSpecification Specification => _document.Specification;

    /// <summary>Lease epoch; 0 for reading only.</summary>
    public long Epoch { get; private init; }

    /// <summary>The design task.</summary>
    public DesignTask Task => _resolved.Task;

    /// <summary>True when enough rounds or enough time have gone by since the newest checkpoint.</summary>
    public bool IsCheckpointDue => Counters.Round % _resolved.Settings.CheckpointEvery == 0
        || (_services.Options.CheckpointInterval is { } interval && _services.Time.GetElapsedTime(_checkpointed) >= interval);

    /// <summary>True when the budget of oracle calls is used up.</summary>
    public bool IsBudgetSpent => Specification.Budget is { } budget && Counters.OracleCalls >= budget;

    /// <summary>Opens the grains at a checkpoint, or at round 0 when there is none.</summary>
    /// <param name="services">What all grains use.</param>
    /// <param name="document">The campaign.</param>
    /// <param name="members">The grains.</param>
    /// <param name="epoch">Lease epoch; 0 opens for reading only.</param>
    /// <param name="content">The checkpoint.</param>
    /// <param name="seat">Its claim on a GPU; null where it is only read.</param>
    /// <exception cref="TemperaException">The checkpoint belongs to another campaign, or cannot be restored.</exception>
    public static async Task<CampaignSession> Open(
        CampaignServices services, CampaignDocument document, CampaignMembers members, long epoch, CheckpointContent? content, AcceleratorSeat? seat)
    {
        var progress = content is null ? null : Progress(document, content);
        var counters = progress?.Counters ?? CampaignCounters.Zero;
        var specification = document.Specification;
        int? round = content?.Manifest.Round;
        await members.Oracle.Open(new OracleOpenRequest(specification, epoch));
        var device = seat?.Device(services.Specifications.Resolve(specification));
        await Seat(members.Trainer, seat?.Place);
        await members.Trainer.Open(new TrainerOpenRequest(
            device is null ? specification : specification with { Settings = specification.Settings.SetItem("device", device) }, epoch, round));
        var replay = progress is null ? null : JsonSerializer.SerializeToUtf8Bytes(progress.Replay, GrainsJson.Default.JsonElement);
        await members.Replay.Open(new ReplayOpenRequest(specification, counters.Round, replay, epoch));
        var clock = new RunClock(services.Time, progress?.Seconds ?? 0, progress?.CpuSeconds ?? 0);
        var session = new CampaignSession(services, document, members, counters, clock) { Epoch = epoch, _seat = seat };
        session.OpenSearch(progress?.Search);
        return session;
    }

    /// <summary>Counts time from now.</summary>
    public void StartClock() => _clock.Start();

    /// <summary>Counts no time until started again.</summary>
    public void StopClock() => _clock.Stop();

    /// <summary>Runs and commits the next round; returns its event.</summary>
    /// <param name="target">The round at which the campaign ends.</param>
    /// <param name="request">Who asked for the round within a trace, or null.</param>
    public async Task<CampaignEvent> RunRound(int target, TracedRequest? request)
    {
        var (campaign, round, before, started) = (_document.Id, Counters.Round + 1, Counters, _services.Time.GetTimestamp());
        using var activity = _services.Telemetry.StartRound(campaign, round, Epoch, request);
        _round = activity?.Context ?? default;
        if (_search is not null)
        {
            return await RunSearchedRound(_search, target);
        }

        var proposal = await Traced(SpanNames.Propose, () => Members.Trainer.Propose(new ProposeRequest(round, before.OracleCalls, before.Modes)));
        var scores = await Traced(SpanNames.Evaluate, () =>
            LongCalls.Result(() => Members.Oracle.Evaluate(new OracleBatch(round, proposal.Objects, proposal.Betas))));
        var report = await Traced(SpanNames.Append, () => Members.Replay.Append(new ReplayAppend(round, proposal.Objects, proposal.Betas, scores.Scores)));
        var draw = await Members.Replay.Draw(round);
        var learned = await Traced(SpanNames.Learn, () => Members.Trainer.Learn(new LearnRequest(round, scores.Scores, draw.Objects, draw.Scores)));
        Counters = new CampaignCounters(round, report.Objects, report.Modes, report.BestScore, report.BestObject);
        var committed = Event(proposal.Betas, report, learned);
        _services.Telemetry.RecordRound(campaign, committed, report.Modes - before.Modes, _services.Time.GetElapsedTime(started).TotalSeconds);
        return committed;
    }

    /// <summary>Writes a checkpoint of the committed rounds; everything it rests on is on stable storage first.</summary>
    public async Task<CampaignEvent> Checkpoint(CampaignEventLog log)
    {
        var started = _services.Time.GetTimestamp();
        // A part of the last round's trace. As if from elsewhere, or the sampler would begin a new trace where it had decided against this one.
        var parent = new ActivityContext(_round.TraceId, _round.SpanId, _round.TraceFlags, _round.TraceState, isRemote: true);
        using var activity = _services.Telemetry.Start(SpanNames.Checkpoint, _document.Id, Counters.Round, _round == default ? default : parent);
        await Members.Oracle.Flush();
        await FlushSearch();
        await log.Flush();
        using var replay = JsonDocument.Parse(await Members.Replay.Capture());
        var progress = new CampaignProgress
        {
            Specification = Specification,
            Counters = Counters,
            Seconds = _clock.Seconds,
            CpuSeconds = _clock.CpuSeconds,
            Replay = replay.RootElement,
            Search = _search?.Capture(),
        };
        var state = JsonSerializer.SerializeToUtf8Bytes(progress, GrainsJson.Default.CampaignProgress);
        await Members.Trainer.WriteCheckpoint(new CheckpointRequest(Counters.Round, state));
        CheckpointRound = Counters.Round;
        _checkpointed = _services.Time.GetTimestamp();
        _services.Telemetry.RecordCheckpoint(_document.Id, _services.Time.GetElapsedTime(started).TotalSeconds);
        return Note(CampaignEventKinds.Checkpoint, CampaignState.Running, null);
    }

    /// <summary>An event that is not a round.</summary>
    public CampaignEvent Note(string kind, CampaignState state, string? message) => new()
    {
        Kind = kind,
        Sequence = Counters.Round,
        Round = Counters.Round,
        State = state,
        Message = message,
        Seconds = _clock.Seconds,
        CpuSeconds = _clock.CpuSeconds,
    };

    private CampaignEvent Event(byte[] packed, ReplayReport report, LearnReport learned)
    {
        var betas = MemoryMarshal.Cast<byte, float>(packed);
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var beta in betas)
        {
            (low, high) = (Math.Min(low, beta), Math.Max(high, beta));
        }

        return new CampaignEvent
        {
            Kind = CampaignEventKinds.Round,
            Sequence = report.Round,
            Round = report.Round,
            OracleCalls = report.Objects,
            Modes = report.Modes,
            BestScore = report.BestScore,
            MeanScore = report.MeanScore,
            BetaMin = betas.IsEmpty ? float.NaN : low,
            BetaMax = betas.IsEmpty ? float.NaN : high,
            Loss = learned.Loss,
            ReplayLoss = learned.ReplayLoss,
            LogZ = learned.LogZ,
            ClampedShare = learned.ClampedShare,
            GradientNorm = learned.GradientNorm,
            SkippedSteps = learned.SkippedSteps,
            ReplayObjects = report.Objects + report.Given,
            BestObject = report.BestObject,
            Seconds = _clock.Seconds,
            CpuSeconds = _clock.CpuSeconds,
        };
    }

    private async Task<T> Traced<T>(string span, Func<Task<T>> call)
    {
        using var activity = _services.Telemetry.Start(span);
        return await call();
    }

    private static CampaignProgress Progress(CampaignDocument document, CheckpointContent content)
    {
        var state = JsonSerializer.Deserialize(content.Parts[CheckpointContent.State], GrainsJson.Default.CheckpointState);
        var progress = state?.Campaign.Deserialize(GrainsJson.Default.CampaignProgress);
        if (progress is null || progress.Counters.Round != content.Manifest.Round)
        {
            throw new TemperaException(TemperaError.CheckpointDamaged,
                $"A checkpoint's state belongs to its round; that of round {content.Manifest.Round} does not. Delete this checkpoint, then resume from an older one.");
        }

        SpecificationComparer.RequireSame(document.Id, document.Specification, progress.Specification);
        return progress;
    }
}
