using Tempera.Client.Cluster;
using Tempera.Cluster.Tests.Fixtures;
using Tempera.Contracts.Campaigns;
using Tempera.Grains.Evaluations;
using Tempera.Grains.Storage;

using Xunit;

namespace Tempera.Cluster.Tests.Clustering;

/// <summary>Real silos with searchers on all of them: one is killed that has searchers only, then the one that has the campaign.</summary>
[Collection(ServicesCollection.Name)]
public sealed class SearcherFaultTests(Services services)
{
    private const string Id = "s";
    private const int Searchers = 3, Target = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Silos_of_searchers_and_of_the_campaign_may_die()
    {
        await using var cluster = await services.NewCluster().Start(silos: 3);
        await using var client = await cluster.Connect();
        var campaign = client.Campaign(Id);
        var specification = RunResult.Specification(Target);
        specification = specification with { Settings = specification.Settings.Add("searchers", $"{Searchers}").Add("oracle_delay_ms", "2") };
        await Ask(() => campaign.Create(specification));
        await Ask(() => campaign.Discover(new DiscoverRequest("all", Target)));
        var rounds = Wait.Events(campaign, Limit).GetAsyncEnumerator();
        var seen = await Rounds(rounds, until: 60);
        var silos = (await Ask(() => campaign.Status())).Searchers.Select(static searcher => searcher.Silo).Distinct().ToList();
        Assert.Equal(Searchers, silos.Count);

        var (owner, others) = await cluster.OwnerOf(Id);
        await others[0].Process.Kill();
        seen.AddRange(await Rounds(rounds, until: 180));
        var acknowledged = await Paid(cluster.Blobs);
        await cluster.Bury();
        owner = cluster.Silos.MaxBy(static silo => silo.LastEpoch(Id))!;
        await owner.Process.Kill();
        seen.AddRange(await Rounds(rounds, until: Target));
        await rounds.DisposeAsync();

        CampaignSnapshot? end = null;
        await Wait.Until(async () => (end = await Ask(() => campaign.Status())).State != CampaignState.Running, Limit, () => $"the campaign's end; it is {end}");

        Assert.Equal(Enumerable.Range(1, Target), seen);
        Assert.Equal((CampaignState.Completed, Target, ""), (end!.State, end.Round, end.Failure ?? ""));
        var paid = await Paid(cluster.Blobs);
        Assert.Superset(acknowledged, paid);
        // The replay buffer has no object that was not paid for, and each once.
        Assert.InRange(end.OracleCalls, 1, paid.Count);
        Assert.All(await Ask(() => campaign.Checkpoints(verify: true)), static checkpoint => Assert.True(checkpoint.Verified));
    }

    private static async Task<HashSet<UInt128>> Paid(IBlobStore blobs)
    {
        var paid = new HashSet<UInt128>();
        for (var shard = 0; shard < Searchers; shard++)
        {
            await foreach (var segment in new EvaluationLogReader(blobs, new CampaignBlobs(Id)).ReadShard(shard))
            {
                Assert.Null(segment.Damage);
                paid.UnionWith(segment.Batches.SelectMany(static batch => batch.Objects));
            }
        }

        return paid;
    }

    private static async Task<List<int>> Rounds(IAsyncEnumerator<CampaignEvent> events, int until)
    {
        var seen = new List<int>();
        while (await events.MoveNextAsync())
        {
            if (events.Current.Kind == CampaignEventKinds.Round)
            {
                seen.Add(events.Current.Round);
            }

            if (events.Current.Round >= until && events.Current.Kind is CampaignEventKinds.Round or CampaignEventKinds.State)
            {
                break;
            }
        }

        return seen;
    }

    private static Task<T> Ask<T>(Func<Task<T>> call) => new ClusterCalls(TimeProvider.System).Ask(call, ClusterCalls.Long, CancellationToken.None);
}
