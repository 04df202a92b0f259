using System.Collections.Concurrent;

using Tempera.Contracts.Campaigns;
using Tempera.Silo.Embedding;
using Tempera.Silo.Rehearsals;

namespace Tempera.Client.Chaos.Load;

/// <summary>The same campaigns in an embedded silo and a local folder, without any fault. Each is run once.</summary>
internal sealed class ReferenceRuns(string folder)
{
    private const string Id = "reference";

    private readonly ConcurrentDictionary<(ulong Seed, int Rounds), Lazy<Task<RehearsalEvidence>>> _runs = new();

    /// <summary>What a campaign of a specification leaves after some rounds.</summary>
    public Task<RehearsalEvidence> Of(CampaignSpecification specification, int rounds) => _runs.GetOrAdd(
        (specification.Seed, rounds), _ => new Lazy<Task<RehearsalEvidence>>(() => Run(specification, rounds))).Value;

    private async Task<RehearsalEvidence> Run(CampaignSpecification specification, int rounds)
    {
        var directory = Path.Combine(folder, $"reference-{specification.Seed}-{rounds}");
        await using (var silo = await EmbeddedSilo.StartAsync(
            new EmbeddedSiloOptions { Directory = directory, CampaignId = Id }, CancellationToken.None))
        {
            await silo.Campaign.Create(specification);
            await silo.Campaign.Discover(new DiscoverRequest("all", rounds));
            await foreach (var e in silo.Campaign.Watch(rounds - 1))
            {
                if (e.Kind == CampaignEventKinds.State && e.State != CampaignState.Running)
                {
                    break;
                }
            }
        }

        return await RehearsalEvidence.OfFolder(directory, Id);
    }
}
