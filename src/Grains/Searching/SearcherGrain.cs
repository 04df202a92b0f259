using Microsoft.Extensions.Logging;

using Tempera.Contracts.Errors;
using Tempera.Contracts.Oracles;
using Tempera.Contracts.Searching;
using Tempera.Grains.Hosting;
using Tempera.Grains.Oracles;
using Tempera.Grains.Placement;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;
using Tempera.Grains.Tasks;
using Tempera.Grains.Telemetry;
using Tempera.Grains.Training;
using Tempera.Model.Searching;
using Tempera.Model.Serialization;

namespace Tempera.Grains.Searching;

/// <summary>A sampling replica of a campaign's policy.</summary>
/// <remarks>
/// Calls interleave at awaits. Loading weights and sampling are one computation on the compute thread, which alone touches the networks; what
/// is kept between calls is the blob last read.
/// </remarks>
[SpreadPlacement]
internal sealed partial class SearcherGrain : Grain, ISearcherGrain
{
    private readonly CampaignServices _services;
    private readonly IGrainFactory _grains;
    private readonly ILogger<SearcherGrain> _logger;
    private readonly string _campaign;
    private readonly CampaignBlobs _names;
    private readonly ComputeThread _compute;
    private readonly string _silo;
    private readonly LongCalls<(long Epoch, int Sequence, int PolicyRound, float Beta), SearchReport> _searches;
    private (string Name, byte[] Weights)? _policy;
    private Replica? _replica;

    /// <summary>Activates the grain with no networks.</summary>
    public SearcherGrain(IGrainContext context, CampaignServices services, IGrainFactory grains, ILocalSiloDetails silo, ILogger<SearcherGrain> logger)
    {
        (_services, _grains, _silo, _logger) = (services, grains, silo.Name, logger);
        var key = context.GrainId.Key.ToString()!;
        _campaign = key.Split('/')[0];
        _names = new CampaignBlobs(_campaign);
        _compute = new ComputeThread($"tempera-searcher-{key}");
        _searches = new LongCalls<(long Epoch, int Sequence, int PolicyRound, float Beta), SearchReport>(services.Time);
    }

    /// <inheritdoc/>
    public Task<SearchReport?> Search(SearchRequest request) =>
        _searches.Ask((request.Epoch, request.Sequence, request.PolicyRound, request.Beta), () => SearchNow(request));

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _compute.Run(() =>
        {
            _replica?.Searcher.Dispose();
            _replica = null;
            return true;
        });
        _compute.Dispose();
    }

    private async Task<SearchReport> SearchNow(SearchRequest request)
    {
        var started = _services.Time.GetTimestamp();
        using var activity = _services.Telemetry.Start(SpanNames.Search, _campaign, request.PolicyRound);
        var resolved = _services.Specifications.Resolve(request.Specification);
        var policy = await Policy(_names.Policy(request.Epoch, request.PolicyRound));
        var drawn = await _compute.Run(() => Draw(resolved, policy, request));
        var shards = new OracleShards(_grains, _campaign, resolved.Settings.Search.Searchers);
        var scores = await shards.Score(new OracleShardBatch(request.Specification, request.Epoch, drawn.Objects, request.Beta));
        _services.Telemetry.RecordSearch(_campaign, request.Searcher, request.Beta, scores.Scores.Length / sizeof(double), _services.Time.GetElapsedTime(started).TotalSeconds);
        return drawn with { Scores = scores.Scores, Evaluated = scores.Evaluated };
    }

    private async Task<(string Name, byte[] Weights)> Policy(string name)
    {
        if (_policy is { } known && known.Name == name)
        {
            return known;
        }

        var blob = await _services.Blobs.Get(name) ?? throw new TemperaException(TemperaError.InvalidState,
            $"A search samples from a published policy; {name} is not there any more. Ask again with the newest one.");
        LogPolicy(this.GetPrimaryKeyString(), name, blob.Content.Length);
        _policy = (name, blob.Content);
        return (name, blob.Content);
    }

    // On the compute thread.
    private SearchReport Draw(ResolvedSpecification resolved, (string Name, byte[] Weights) policy, SearchRequest request)
    {
        if (_replica?.Resolved != resolved)
        {
            _replica?.Searcher.Dispose();
            _replica = new Replica(resolved, new PolicySearcher(resolved.Task, resolved.Settings, resolved.Specification.Seed));
        }

        if (_replica.Policy != policy.Name)
        {
            SafetensorsFile.ReadInto(policy.Weights, _replica.Searcher.Weights);
            _replica.Searcher.WeightsChanged();
            _replica.Policy = policy.Name;
        }

        var batch = _replica.Searcher.Search(request.Searcher, request.Sequence, request.Beta);
        var objects = new UInt128[batch.Count];
        for (var b = 0; b < objects.Length; b++)
        {
            objects[b] = batch.Object(b);
        }

        return new SearchReport(
            Packed.ToBytes<UInt128>(batch.States.AsSpan(0, batch.Count * (batch.MaxSteps + 1))), Packed.ToBytes<int>(batch.Lengths.AsSpan(0, batch.Count)),
            Packed.ToBytes<UInt128>(objects), [], 0, _silo);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Searcher {Searcher} samples from {Policy}, {Bytes} bytes")]
    private partial void LogPolicy(string searcher, string policy, int bytes);

    private sealed class Replica(ResolvedSpecification resolved, PolicySearcher searcher)
    {
        public ResolvedSpecification Resolved { get; } = resolved;

        public PolicySearcher Searcher { get; } = searcher;

        public string? Policy { get; set; }
    }
}
