using System.Text.Json;

using Tempera.Client.Cluster;
using Tempera.Cluster.Tests.Fixtures;
using Tempera.Contracts.Campaigns;
using Tempera.Grains.Storage;

using Xunit;

namespace Tempera.Cluster.Tests.Clustering;

/// <summary>
/// Real silos that are killed, frozen and stopped while a campaign runs. It must go on elsewhere and end as if nothing had
/// happened: same rounds, same weights, nothing evaluated again.
/// </summary>
[Collection(ServicesCollection.Name)]
public sealed class SiloFaultTests(Services services)
{
    private const string Id = "c";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_killed_silo_costs_no_round_and_no_evaluation()
    {
        await using var cluster = await services.NewCluster().Start(silos: 2);
        await using var client = await cluster.Connect();
        var campaign = await Begin(client);
        var rounds = Wait.Events(campaign, Limit).GetAsyncEnumerator();
        var seen = await Rounds(rounds, until: 120);
        var (owner, others) = await cluster.OwnerOf(Id);
        await owner.Process.Kill();
        var known = await Evaluated(cluster.Blobs);

        seen.AddRange(await Rounds(rounds, until: RunResult.LastRound));
        await rounds.DisposeAsync();
        var end = await Ended(campaign);

        Assert.Equal(Enumerable.Range(1, RunResult.LastRound), seen);
        Assert.Equal(2, end.Epoch);
        await RunResult.AssertUndisturbed(cluster.Blobs, Id);
        Assert.Equal(end.OracleCalls - known, await others.Single().Counter("tempera_oracle_calls_total"));
        var (code, output) = await cluster.Tempera("checkpoints", Id, "verify", "--json");
        Assert.Equal(0, code);
        Assert.All(output.Split('\n'), static line => Assert.True(JsonDocument.Parse(line).RootElement.GetProperty("verified").GetBoolean()));
    }

    [Fact]
    public async Task A_frozen_silo_that_wakes_up_writes_nothing_and_stops_itself()
    {
        await using var cluster = await services.NewCluster().Start(silos: 2);
        await using var client = await cluster.Connect();
        var campaign = await Begin(client);
        await Until(campaign, static status => status.Round >= 60);
        var (owner, others) = await cluster.OwnerOf(Id);
        owner.Process.Signal("STOP");
        await using var other = await new OrleansConnector().Connect(
            new ClusterAddress(others.Single().Gateway, cluster.Id), verbose: false, CancellationToken.None);
        campaign = other.Campaign(Id);
        await Until(campaign, static status => status.Epoch == 2 && status.CheckpointRound >= 200);
        var names = new CampaignBlobs(Id);
        var segment = (await cluster.Blobs.Get(names.Segment(1)))!;

        owner.Process.Signal("CONT");
        await owner.Process.WaitForExit(Limit);
        var end = await Ended(campaign);

        Assert.NotEqual(0, owner.Process.ExitCode);
        Assert.Equal(2, end.Epoch);
        Assert.Equal(segment.ETag, (await cluster.Blobs.Get(names.Segment(1)))!.ETag);
        await RunResult.AssertUndisturbed(cluster.Blobs, Id);
        Assert.All(await Ask(() => campaign.Checkpoints(verify: true)), static checkpoint => Assert.True(checkpoint is { Epoch: 2, Verified: true }));
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_takes_its_campaign_to_a_checkpoint_and_another_carries_on_from_there()
    {
        await using var cluster = await services.NewCluster().Start(silos: 2);
        await using var client = await cluster.Connect();
        var campaign = await Begin(client);
        await Until(campaign, static status => status.Round >= 60);
        var (owner, others) = await cluster.OwnerOf(Id);
        owner.Process.Signal("TERM");

        Assert.Equal(0, await owner.Process.WaitForExit(Limit));
        var end = await Ended(campaign);

        Assert.Contains("has left the cluster", owner.Process.Output);
        Assert.Equal(2, end.Epoch);
        Assert.DoesNotContain($"Trainer of {Id} opened with epoch 2 at round 50", others.Single().Process.Output);
        await RunResult.AssertUndisturbed(cluster.Blobs, Id);
    }

    [Fact]
    public async Task After_a_power_cut_and_a_wipe_of_redis_new_silos_find_the_campaign_and_carry_on_unasked()
    {
        await using var cluster = await services.NewCluster().Start(silos: 2);
        await using (var client = await cluster.Connect())
        {
            await Until(await Begin(client), static status => status.Round >= 60);
        }

        await cluster.KillAll();
        await services.Redis.Wipe();
        await cluster.Start(silos: 2);
        await Wait.Until(
            () => Task.FromResult(cluster.Silos.Any(static silo => silo.HasTrained(Id))), Limit, static () => "a silo that carries on unasked");

        await using var second = await cluster.Connect();
        Assert.Equal([Id], await Ask(second.List));
        await Ended(second.Campaign(Id));
        await RunResult.AssertUndisturbed(cluster.Blobs, Id);
    }

    [Fact]
    public async Task Storage_that_goes_away_for_a_while_stops_nothing_for_good()
    {
        await using var cluster = await services.NewCluster().Start(silos: 1);
        await using var client = await cluster.Connect();
        var campaign = await Begin(client);
        await Until(campaign, static status => status.Round >= 60);
        await cluster.Azurite.Stop();
        await cluster.Azurite.Start();

        await Ended(campaign);
        await RunResult.AssertUndisturbed(cluster.Blobs, Id);
    }

    private static async Task<ICampaignGrain> Begin(IClusterConnection client)
    {
        var campaign = client.Campaign(Id);
        await Ask(() => campaign.Create(RunResult.Specification()));
        await Ask(() => campaign.Discover(new DiscoverRequest("all", RunResult.LastRound)));
        return campaign;
    }

    private static Task<T> Ask<T>(Func<Task<T>> call) => new ClusterCalls(TimeProvider.System).Ask(call, ClusterCalls.Long, CancellationToken.None);

    private static async Task<List<int>> Rounds(IAsyncEnumerator<CampaignEvent> events, int until)
    {
        var rounds = new List<int>();
        while ((rounds.Count == 0 || rounds[^1] < until) && await events.MoveNextAsync())
        {
            if (events.Current.Kind == CampaignEventKinds.Round)
            {
                rounds.Add(events.Current.Round);
            }
        }

        return rounds;
    }

    private static async Task Until(ICampaignGrain campaign, Func<CampaignSnapshot, bool> condition)
    {
        CampaignSnapshot? last = null;
        await Wait.Until(async () => condition(last = await Ask(campaign.Status)), Limit, () => $"the campaign, which is {last}");
    }

    private static async Task<CampaignSnapshot> Ended(ICampaignGrain campaign)
    {
        await Until(campaign, static status => status.State is CampaignState.Completed or CampaignState.Failed);
        var end = await Ask(campaign.Status);
        Assert.Equal((CampaignState.Completed, RunResult.LastRound), (end.State, end.Round));
        return end;
    }

    // Distinct objects whose scores storage has.
    private static async Task<long> Evaluated(IBlobStore blobs)
    {
        var objects = new HashSet<string>();
        var segment = (await blobs.Get(new CampaignBlobs(Id).Segment(1)))!.Content;
        for (var at = 0; at < segment.Length;)
        {
            var count = BitConverter.ToInt32(segment, at + 12);
            for (var i = 0; i < count; i++)
            {
                objects.Add(Convert.ToHexString(segment, at + 32 + (16 * i), 16));
            }

            at += 32 + (28 * count);
        }

        return objects.Count;
    }
}
