using Orleans.Placement;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Contracts.Replay;
using Tempera.Grains.Evaluations;
using Tempera.Grains.Hosting;
using Tempera.Grains.Storage;
using Tempera.Grains.Training;

namespace Tempera.Grains.Replay;

/// <summary>One campaign's replay buffer.</summary>
/// <remarks>
/// A mode rule may score an object's neighbours, so appends run on a compute thread unless they are brief. Calls come one at a time, so the
/// buffer is never used by two threads.
/// </remarks>
[Immovable, PreferLocalPlacement]
internal sealed class ReplayBufferGrain : Grain, IReplayBufferGrain
{
    private readonly CampaignServices _services;
    private readonly EvaluationLogReader _log;
    private readonly ComputeThread _compute;
    private ReplaySession? _session;

    /// <summary>Activates the grain; it is opened before it is used.</summary>
    public ReplayBufferGrain(IGrainContext context, CampaignServices services)
    {
        _services = services;
        var id = context.GrainId.Key.ToString()!;
        _log = new EvaluationLogReader(services.Blobs, new CampaignBlobs(id));
        _compute = new ComputeThread($"tempera-replay-{id}");
    }

    private ReplaySession Session => _session ?? throw new TemperaException(TemperaError.InvalidState,
        "A replay buffer is opened before it is used; this one is not open. Resume the campaign.");

    /// <inheritdoc/>
    public async Task Open(ReplayOpenRequest request)
    {
        _session = null;
        _session = await ReplaySession.Open(request, _services.Specifications.Resolve(request.Specification), _log);
    }

    /// <inheritdoc/>
    public Task<ReplayReport> Append(ReplayAppend batch)
    {
        var session = Session;
        return _compute.RunBrief(() => session.Append(batch));
    }

    /// <inheritdoc/>
    public Task<ReplayDraw> Draw(int round) => Task.FromResult(Session.Draw(round));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ModeRecord>> Modes() => Task.FromResult(Session.Modes());

    /// <inheritdoc/>
    public Task<EvaluationPage> Page(long from, int count) => Task.FromResult(Session.Page(from, count));

    /// <inheritdoc/>
    public Task<byte[]> Lookup(byte[] objects) => Task.FromResult(Session.Lookup(objects));

    /// <inheritdoc/>
    public Task<byte[]> Capture() => Task.FromResult(Session.Capture());

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _compute.Dispose();
        return Task.CompletedTask;
    }
}
