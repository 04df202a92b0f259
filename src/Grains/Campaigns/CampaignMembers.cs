using Tempera.Contracts.Oracles;
using Tempera.Contracts.Replay;
using Tempera.Contracts.Searching;
using Tempera.Contracts.Training;
using Tempera.Grains.Oracles;

namespace Tempera.Grains.Campaigns;

/// <summary>The other grains of a campaign.</summary>
/// <param name="Trainer">Its learner.</param>
/// <param name="Oracle">Its evaluator.</param>
/// <param name="Replay">Its replay buffer.</param>
/// <param name="Searcher">Its searchers, by number.</param>
/// <param name="Shards">The evaluators of as many searchers.</param>
internal sealed record CampaignMembers(
    ITrainerGrain Trainer, IOracleEvaluatorGrain Oracle, IReplayBufferGrain Replay, Func<int, ISearcherGrain> Searcher, Func<int, OracleShards> Shards)
{
    /// <summary>The grains of a campaign id.</summary>
    public static CampaignMembers Of(IGrainFactory grains, string campaignId) => new(
        grains.GetGrain<ITrainerGrain>(campaignId),
        grains.GetGrain<IOracleEvaluatorGrain>($"{campaignId}/0"),
        grains.GetGrain<IReplayBufferGrain>(campaignId),
        searcher => grains.GetGrain<ISearcherGrain>($"{campaignId}/{searcher}"),
        searchers => new OracleShards(grains, campaignId, searchers));
}
