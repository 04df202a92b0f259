using Tempera.Model.Settings;

namespace Tempera.Model.Tasks;

/// <summary>What a task suggests where a campaign says nothing.</summary>
/// <param name="Rounds">Rounds of a default run.</param>
/// <param name="Width">Hidden width of the networks.</param>
/// <param name="Epsilon">Probability of a uniform step while exploring.</param>
public sealed record TaskDefaults(int Rounds, int Width, double Epsilon)
{
    /// <summary>Every other learner setting.</summary>
    public LearnerSettings Learner { get; init; } = new();
}
