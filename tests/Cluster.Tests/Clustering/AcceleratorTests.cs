using Tempera.Client.Cluster;
using Tempera.Cluster.Tests.Fixtures;
using Tempera.Contracts.Campaigns;

using Xunit;

namespace Tempera.Cluster.Tests.Clustering;

/// <summary>Real silos that announce GPUs by their settings: where trainers go, wait and come back to. The GPUs are not there, so <c>auto</c> computes on the CPU.</summary>
[Collection(ServicesCollection.Name)]
public sealed class AcceleratorTests(Services services)
{
    [Fact]
    public async Task A_campaign_begins_without_a_gpu_moves_to_one_that_appears_and_gives_it_to_the_next_in_the_queue()
    {
        await using var cluster = await services.NewCluster().Start(silos: 1);
        await using var client = await cluster.Connect();
        var (first, second) = (client.Campaign("first"), client.Campaign("second"));
        await Begin(first);
        Assert.Null((await Until(first, static s => s.Round > 0)).Accelerator);

        await cluster.Start(silos: 1, ("accelerators", "cuda:1:3GiB"));
        var moved = await Until(first, static s => s.Accelerator is not null);
        Assert.Equal("silo-1/0", moved.Accelerator);
        await Until(first, s => s.Round > moved.Round);
        Assert.True(cluster.Silos[1].HasTrained("first"));

        // 2 GiB each: there is room for one. The second runs on the CPU meanwhile, and moves when the first is done.
        await Begin(second);
        var waits = await Until(second, static s => s.Round > 0 && s.QueuePosition is not null);
        Assert.Equal((1, null), (waits.QueuePosition, waits.Accelerator));
        await Ask(() => first.Cancel());
        Assert.Equal("silo-1/0", (await Until(second, static s => s.Accelerator is not null)).Accelerator);
        await Until(second, s => s.Round > waits.Round + 1);
        Assert.True(cluster.Silos[1].HasTrained("second"));

        // The GPU's silo dies: the campaign carries on without one.
        var before = await Ask(() => second.Status());
        await cluster.Silos[1].Process.Kill();
        await Until(second, s => s.Round > before.Round + 5 && s.Accelerator is null);
        await Ask(() => second.Cancel());
    }

    [Fact]
    public async Task A_campaign_that_needs_a_gpu_waits_for_its_turn_and_says_so()
    {
        await using var cluster = await services.NewCluster().Start(silos: 1, ("accelerators", "cuda:1:3GiB"));
        await using var client = await cluster.Connect();
        var (holder, waiter) = (client.Campaign("holder"), client.Campaign("waiter"));
        await Begin(holder);
        await Until(holder, static s => s.Accelerator is not null);

        await Begin(waiter, "cuda");
        var waits = await Until(waiter, static s => s.QueuePosition == 1);
        Assert.Equal((CampaignState.Running, 0), (waits.State, waits.Round));
        Assert.Contains("number 1", waits.Warning, StringComparison.Ordinal);
        Assert.Contains("number 1 in the queue", (await cluster.Tempera("status", "waiter")).Output, StringComparison.Ordinal);

        // Its turn comes; the GPU is not really there, which it says.
        await Ask(() => holder.Cancel());
        Assert.Contains("libtorch", (await Until(waiter, static s => s.State == CampaignState.Failed)).Failure, StringComparison.Ordinal);
    }

    private static async Task Begin(ICampaignGrain campaign, string device = "auto")
    {
        var specification = RunResult.Specification(1_000_000);
        await Ask(() => campaign.Create(specification with { Settings = specification.Settings.SetItem("device", device) }));
        await Ask(() => campaign.Discover(new DiscoverRequest("all", 1_000_000)));
    }

    private static async Task<CampaignSnapshot> Until(ICampaignGrain campaign, Func<CampaignSnapshot, bool> reached)
    {
        CampaignSnapshot? last = null;
        await Wait.Until(
            async () => reached(last = await Ask(() => campaign.Status())), TimeSpan.FromSeconds(90), () => $"{last}");
        return last!;
    }

    private static Task<T> Ask<T>(Func<Task<T>> call) => new ClusterCalls(TimeProvider.System).Ask(call, ClusterCalls.Long, CancellationToken.None);
}
