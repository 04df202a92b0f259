using System.Collections.Immutable;
using System.Globalization;

using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Chaos.Load;

/// <summary>A campaign of a rehearsal.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Specification">What it computes.</param>
/// <param name="Rounds">Rounds it has in the end.</param>
internal sealed record ChaosCampaign(string Id, CampaignSpecification Specification, int Rounds)
{
    // Seeds come again, so that not every campaign needs an undisturbed run of its own.
    private const int Seeds = 4;

    /// <summary>A small campaign over 268 million objects.</summary>
    public static ChaosCampaign Small(string id, int number, int rounds) => new(id, Specify(number % Seeds, rounds), rounds);

    private static CampaignSpecification Specify(int seed, int rounds) => new()
    {
        Task = "rna1",
        Rounds = rounds,
        Seed = (ulong)seed,
        Settings = new Dictionary<string, string>
        {
            ["width"] = "16",
            ["batch"] = "8",
            ["replay_batch"] = "8",
            ["threads"] = "1",
            ["checkpoint_every"] = "50",
        }.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} (seed {Specification.Seed}, {Rounds} rounds)");
}
