using System.Text.Json;

using Tempera.Model.Learning;

namespace Tempera.Grains.Checkpoints;

/// <summary>
/// The part <c>state.json</c>: everything of a checkpoint that is not a tensor. Random streams are functions of seed, name
/// and round, so the round is their whole state.
/// </summary>
internal sealed record CheckpointState
{
    /// <summary>Counters of the learner.</summary>
    public required LearnerProgress Learner { get; init; }

    /// <summary>What the campaign keeps, see <c>CampaignProgress</c>.</summary>
    public required JsonElement Campaign { get; init; }
}
