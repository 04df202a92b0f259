using Tempera.Contracts.Oracles;
using Tempera.Contracts.Replay;
using Tempera.Contracts.Training;

namespace Tempera.Grains.Campaigns;

/// <summary>The other grains of a campaign.</summary>
/// <param name="Trainer">Its learner.</param>
/// <param name="Oracle">Its evaluator.</param>
/// <param name="Replay">Its replay buffer.</param>
internal sealed record CampaignMembers(ITrainerGrain Trainer, IOracleEvaluatorGrain Oracle, IReplayBufferGrain Replay)
{
    /// <summary>The grains of a campaign id.</summary>
    public static CampaignMembers Of(IGrainFactory grains, string campaignId) => new(
        grains.GetGrain<ITrainerGrain>(campaignId),
        grains.GetGrain<IOracleEvaluatorGrain>($"{campaignId}/0"),
        grains.GetGrain<IReplayBufferGrain>(campaignId));
}
