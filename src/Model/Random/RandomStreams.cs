using System.Text;

namespace Tempera.Model.Random;

/// <summary>The named streams of one root seed. No other source of randomness exists in a campaign.</summary>
public sealed class RandomStreams(ulong seed)
{
    /// <summary>Stream names in use.</summary>
    public const string Initialisation = "initialisation", ExplorationBeta = "exploration-beta", TrainingBeta = "training-beta",
        Policy = "policy", BackwardPolicy = "backward-policy", Replay = "replay", Oracle = "oracle", Sample = "sample", Evaluation = "evaluation",
        PotentialDropout = "potential-dropout", OfflineData = "offline-data";

    /// <summary>Root seed.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>The stream of a name in a round; streams of different names or rounds are independent.</summary>
    public RandomStream At(string name, int round) => new(Seed, Hash(name), (uint)round);

    private static uint Hash(string name)
    {
        // FNV-1a: stable across processes and versions, unlike string.GetHashCode.
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ value) * 16777619u;
        }

        return hash;
    }
}
