using Tempera.Contracts.Campaigns;
using Tempera.Silo.Embedding;

using Xunit;

namespace Tempera.Silo.Tests.Embedding;

/// <summary>A campaign of weeks holds what it has found and nothing else: rounds themselves leave nothing behind.</summary>
[Collection(AloneCollection.Name)]
public sealed class MemoryTests
{
    private const int WarmUp = 10_000;
    private const int Rounds = 20_000;

    [Fact]
    public async Task TwentyThousandRoundsOfASpaceThatIsAllKnownKeepNoMemory()
    {
        using var directory = new TemporaryFolder();
        await using var silo = await EmbeddedSilo.StartAsync(
            new EmbeddedSiloOptions { Directory = directory.Path, CampaignId = "test" },
            new Surroundings { Variables = new Dictionary<string, string>() }, CancellationToken.None);
        var settings = new Dictionary<string, string> { ["width"] = "4", ["batch"] = "4", ["threads"] = "1", ["side"] = "4", ["checkpoint_every"] = "1000" };
        await silo.Campaign.Create(SmallCampaign.Specification with { Task = "hypergrid", Rounds = WarmUp + Rounds, Settings = SmallCampaign.Specification.Settings.Clear().AddRange(settings) });
        await Run("warm-up", WarmUp);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await Run("rounds", Rounds);
        var after = GC.GetTotalMemory(forceFullCollection: true);

        // Some 25 bytes a round are seen; a kept event alone would be ten times that.
        Assert.InRange(after - before, long.MinValue, 64 * Rounds);

        async Task Run(string key, int rounds)
        {
            var started = await silo.Campaign.Discover(new DiscoverRequest(key, rounds));
            await foreach (var _ in silo.Campaign.Watch(started.Round))
            {
            }

            Assert.Equal(CampaignState.Completed, (await silo.Campaign.Status()).State);
        }
    }
}
