using Tempera.Client.Chaos.Processes;
using Tempera.Cluster.Tests.Fixtures;
using Tempera.Contracts.Campaigns;
using Tempera.Silo.Tests;

using Xunit;

namespace Tempera.Cluster.Tests.Clustering;

/// <summary>A real silo whose wall clock jumps far ahead and back, by libfaketime.</summary>
[Collection(ServicesCollection.Name)]
public sealed class ClockJumpTests(Services services)
{
    private const int Rounds = 60;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Campaigns_run_and_begin_whatever_the_wall_clock_says()
    {
        Assert.SkipUnless(FakeTime.Library is not null, "libfaketime is not installed; run .ci/services");
        using var folder = new TemporaryFolder();
        var clock = new FakeTime(Path.Combine(folder.Path, "clock"));
        clock.Set(TimeSpan.Zero);
        await using var cluster = services.NewCluster();
        cluster.Environment = clock.Variables;
        await cluster.Start(silos: 1);
        await using var client = await cluster.Connect();
        var steady = client.Campaign("steady");
        await Begin(steady, 1_000_000);
        var campaigns = new List<string>();
        foreach (var hours in new[] { 0, -12, 26, 0 })
        {
            clock.Set(TimeSpan.FromHours(hours));
            await Wait.Until(async () => await Offset(steady) is { } seen && Math.Abs(seen - hours) < 1, Limit, () => $"a checkpoint of a clock that is {hours} h off");

            // Grains of a campaign that begins now are activated now.
            campaigns.Add($"begun{campaigns.Count}");
            var begun = client.Campaign(campaigns[^1]);
            await Begin(begun, Rounds);
            await foreach (var _ in Wait.Events(begun, Limit))
            {
            }

            Assert.Equal(CampaignState.Completed, (await begun.Status()).State);
        }

        var paused = await steady.Pause();
        Assert.Equal((CampaignState.Paused, 1), (paused.State, paused.Epoch));
        foreach (var id in campaigns)
        {
            await RunResult.AssertUndisturbed(cluster.Blobs, id, Rounds);
        }
    }

    private static async Task Begin(ICampaignGrain campaign, int rounds)
    {
        await campaign.Create(RunResult.Specification(rounds));
        await campaign.Discover(new DiscoverRequest("all", rounds));
    }

    // Hours by which the silo's clock was ahead when it wrote its newest checkpoint.
    private static async Task<double?> Offset(ICampaignGrain campaign) =>
        (await campaign.Checkpoints(verify: false)) is [.., var newest] ? (newest.WrittenAt - DateTimeOffset.UtcNow).TotalHours : null;
}
