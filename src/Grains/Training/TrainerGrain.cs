using Microsoft.Extensions.Logging;

using Orleans.Placement;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Contracts.Training;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Hosting;
using Tempera.Grains.Placement;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Training;

/// <summary>One campaign's learner on its own thread.</summary>
/// <remarks>
/// Calls come one at a time and the learner is touched only on the compute thread, so nothing here needs a lock. A round's
/// answers are kept until the next round, which makes repeated calls harmless. Publishing alone comes between others: it takes the weights
/// on the compute thread, and what follows concerns storage.
/// </remarks>
[Immovable, TrainerPlacement]
internal sealed partial class TrainerGrain : Grain, ITrainerGrain
{
    private readonly CampaignServices _services;
    private readonly ILearnerFactory _learners;
    private readonly ILocalSiloDetails _silo;
    private readonly ILogger<TrainerGrain> _logger;
    private readonly CampaignBlobs _names;
    private readonly ComputeThread _compute;
    private readonly PolicyPublisher _publisher;
    private TrainerSession? _session;

    /// <summary>Activates the grain with no learner.</summary>
    public TrainerGrain(IGrainContext context, CampaignServices services, ILearnerFactory learners, ILocalSiloDetails silo, ILogger<TrainerGrain> logger)
    {
        (_services, _learners, _silo, _logger) = (services, learners, silo, logger);
        var id = context.GrainId.Key.ToString()!;
        _names = new CampaignBlobs(id);
        _compute = new ComputeThread($"tempera-trainer-{id}");
        _publisher = new PolicyPublisher(services.Blobs, _names, new CampaignLease(services.Blobs, _names));
    }

    private TrainerSession Session => _session ?? throw new TemperaException(TemperaError.InvalidState,
        "A trainer is opened before it is used; this one is not open. Resume the campaign.");

    /// <inheritdoc/>
    public Task<bool> Stay(SiloAddress silo)
    {
        var stays = silo.Equals(_silo.SiloAddress);
        if (!stays)
        {
            // The hint that came with the call says where to. Were it to end here instead, callers that remember this silo would have it begin again here.
            this.MigrateOnIdle();
        }

        return Task.FromResult(stays);
    }

    /// <inheritdoc/>
    public async Task Open(TrainerOpenRequest request)
    {
        if (request.Epoch > 0)
        {
            await new CampaignLease(_services.Blobs, _names).Require(request.Epoch);
        }

        await Close();
        var content = request.CheckpointRound is { } round ? await new CheckpointReader(_services.Blobs, _names).Read(round) : null;
        var resolved = _services.Specifications.Resolve(request.Specification);
        _session = await _compute.Run(() => TrainerSession.Open(resolved, request.Epoch, _learners, content));
        LogOpened(this.GetPrimaryKeyString(), request.Epoch, request.CheckpointRound ?? 0);
    }

    /// <inheritdoc/>
    public Task<ProposalBatch> Propose(ProposeRequest request)
    {
        var session = Session;
        return session.IsProposed(request.Round, out var known) ? Task.FromResult(known) : _compute.Run(() => session.Propose(request));
    }

    /// <inheritdoc/>
    public Task<LearnReport> Learn(LearnRequest request)
    {
        var session = Session;
        return session.IsLearned(request.Round, out var known) ? Task.FromResult(known) : _compute.Run(() => session.Learn(request));
    }

    /// <inheritdoc/>
    public Task<LearnReport> LearnSearched(SearchedRound round)
    {
        var session = Session;
        return session.IsLearned(round.Request.Round, out var known) ? Task.FromResult(known) : _compute.Run(() => session.Learn(round));
    }

    /// <inheritdoc/>
    public async Task<int> Publish()
    {
        var session = Session;
        var (round, weights) = await _compute.Run(session.Publish);
        await _publisher.Publish(session.Epoch, round, weights);
        return round;
    }

    /// <inheritdoc/>
    public async Task<CheckpointRecord> WriteCheckpoint(CheckpointRequest request)
    {
        var session = Session;
        var parts = await _compute.Run(() => session.Capture(request));
        var writer = new CheckpointWriter(_services.Blobs, _names, new CampaignLease(_services.Blobs, _names), _services.Time, _services.Telemetry);
        var target = new CheckpointTarget(this.GetPrimaryKeyString(), session.Specification.Task, request.Round, session.Epoch);
        var record = await writer.Write(target, parts);
        await writer.Prune(request.Round, _services.Options.KeptCheckpoints);
        LogCheckpoint(target.Campaign, target.Round, record.Bytes);
        return record;
    }

    /// <inheritdoc/>
    public Task<PolicySamples> Sample(SampleRequest request) => Read(learner => learner.Sample(request));

    /// <inheritdoc/>
    public Task<IReadOnlyList<EvaluationRecord>> Evaluate(EvaluateRequest request) => Read(learner => learner.Evaluate(request));

    /// <inheritdoc/>
    public Task<TemperatureCurves> TemperatureCurves(float betaMin, float betaMax, int points) =>
        Read(learner => learner.Curves(betaMin, betaMax, points));

    /// <inheritdoc/>
    public async Task Close()
    {
        if (_session is { } session)
        {
            _session = null;
            await _compute.Run(() =>
            {
                session.Learner.Dispose();
                return true;
            });
        }
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Close();
        _compute.Dispose();
    }

    private async Task<T> Read<T>(Func<ILearner, T> reading)
    {
        var session = Session;
        try
        {
            return await _compute.Run(() => reading(session.Learner));
        }
        catch (ArgumentException exception)
        {
            throw new TemperaException(TemperaError.InvalidSetting, exception.Message, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Trainer of {Campaign} opened with epoch {Epoch} at round {Round}")]
    private partial void LogOpened(string campaign, long epoch, int round);

    [LoggerMessage(Level = LogLevel.Information, Message = "Checkpoint of {Campaign} at round {Round} written, {Bytes} bytes")]
    private partial void LogCheckpoint(string campaign, int round, long bytes);
}
