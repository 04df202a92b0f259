using Tempera.Cluster.Tests.Fixtures;
using Tempera.Contracts.Campaigns;

using Xunit;

namespace Tempera.Cluster.Tests.Clustering;

/// <summary>Real silos on a real Azurite whose disk fills up.</summary>
[Collection(ServicesCollection.Name)]
public sealed class FullDiskTests(Services services)
{
    private const string Id = "d";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Storage_without_room_stops_rounds_and_with_room_they_go_on_as_if_nothing_had_happened()
    {
        Assert.SkipUnless(Azurite.IsInstalled, Azurite.Missing);
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        using var disk = SmallDisk.Mount(megabytes: 48);
        Assert.SkipUnless(disk is not null, SmallDisk.Missing);
        await using var cluster = await new RealCluster(
            "full-disk", services.Redis.Configuration, Azurite.At(Path.Combine(disk.Folder, "azurite"))).Start(silos: 2);
        await using var client = await cluster.Connect();
        var campaign = client.Campaign(Id);
        await campaign.Create(RunResult.Specification());
        await campaign.Discover(new DiscoverRequest("all", RunResult.LastRound));
        await Wait.Until(async () => (await campaign.Status()).CheckpointRound >= 50, Limit, () => "a checkpoint");

        disk.Fill();
        // Requests are repeated for about 25 seconds before a round is given up.
        await Wait.Until(
            () => Task.FromResult(cluster.Silos.Any(static silo => silo.Process.Output.Contains("stopped in round", StringComparison.Ordinal))), Limit, () => "a round given up");
        Assert.Contains(cluster.Silos, static silo => silo.Process.Output.Contains("no room", StringComparison.Ordinal));
        Assert.True((await campaign.Status()).Round < RunResult.LastRound);

        disk.Free();
        await foreach (var _ in Wait.Events(campaign, Limit))
        {
        }

        Assert.Equal(CampaignState.Completed, (await campaign.Status()).State);
        Assert.All(await campaign.Checkpoints(verify: true), static checkpoint => Assert.True(checkpoint.Verified));
        await RunResult.AssertUndisturbed(cluster.Blobs, Id);
    }
}
