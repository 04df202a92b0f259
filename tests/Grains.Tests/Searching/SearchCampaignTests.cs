using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Contracts.Oracles;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Searching;

/// <summary>Campaigns with searchers on three silos, with real networks and an oracle that counts.</summary>
public sealed class SearchCampaignTests : IAsyncLifetime
{
    private const int Rounds = 40, Searchers = 3;

    private readonly GrainCluster _cluster = new() { Silos = 3, HasNetworks = true };
    private readonly string _id = GrainCluster.NewId();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task RoundsAreNumberedOnceLearnFromWhatWasFoundAndNothingIsPaidTwiceOrForNothing()
    {
        var events = await Run(_id);
        var status = await _cluster.Campaign(_id).Status();

        Assert.Equal((CampaignState.Completed, Rounds, ""), (status.State, status.Round, status.Failure ?? ""));
        Assert.Equal(Enumerable.Range(1, Rounds), events.Select(static e => e.Round));
        Assert.All(events, static e => Assert.InRange(e.PolicyAge ?? 0, 0, 16));
        // Learning may end ahead of the searchers by the tolerance, four rounds of 16 trajectories.
        Assert.InRange(events.Sum(static e => e.Searched!.Value), (Rounds * 8) - 64 - 8, Rounds * 8);
        Assert.All(events, static e => Assert.InRange(e.Searched!.Value, 0, 8));
        Assert.Equal(status.OracleCalls, _cluster.Tasks.Oracle.Scored.Count);
        Assert.Equal(status.OracleCalls, _cluster.Tasks.Oracle.Scored.Distinct().Count());
        var page = await _cluster.Campaign(_id).Evaluations(0, 10_000);
        Assert.Equal(status.OracleCalls, page.Items.Length);
        Assert.All(page.Items, static item => Assert.Contains(item.Beta, new[] { 1f, MathF.Sqrt(3), 3f }));
        Assert.Empty(status.Searchers);
    }

    [Fact]
    public async Task SearchersAreSeenWhileTheyRunOnAllSilos()
    {
        await Start(_id, 1_000_000);
        var seen = new HashSet<string>();
        await foreach (var _ in _cluster.Campaign(_id).Watch(0))
        {
            var searchers = (await _cluster.Campaign(_id).Status()).Searchers;
            Assert.Equal(Searchers, searchers.Length);
            Assert.Equal([1f, MathF.Sqrt(3), 3f], searchers.Select(static s => s.Beta));
            seen.UnionWith(searchers.Select(static s => s.Silo).OfType<string>());
            if (seen.Count == 3 && searchers.All(static s => s.Searches > 1 && s.PolicyAge is not null))
            {
                break;
            }
        }

        await _cluster.Campaign(_id).Cancel();
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task ACrashAtAnyWriteIsCarriedOnPayingOnlyForWhatIsNew()
    {
        // At writes drawn at random the storage is copied as a crash there would leave it.
        var (copies, random, writes) = (new List<string>(), new Random(3), 0);
        _cluster.Blobs.AfterWrite = name =>
        {
            lock (copies)
            {
                if (name.StartsWith($"campaigns/{_id}/", StringComparison.Ordinal) && writes++ > 5 && copies.Count < 6 && random.Next(20) == 0)
                {
                    copies.Add(GrainCluster.NewId());
                    _cluster.Blobs.CopyCampaign(_id, copies[^1]);
                }
            }
        };
        await Run(_id);
        _cluster.Blobs.AfterWrite = null;
        Assert.Equal(6, copies.Count);
        foreach (var copy in copies)
        {
            var before = _cluster.Tasks.Oracle.Scored.Count;
            var paid = await Paid(copy);
            await _cluster.Campaign(copy).Resume();
            var end = await _cluster.RunToEnd(copy);

            Assert.Equal((CampaignState.Completed, Rounds, ""), (end.State, end.Round, end.Failure ?? ""));
            Assert.DoesNotContain(_cluster.Tasks.Oracle.Scored.Skip(before), paid.Contains);
            var page = await _cluster.Campaign(copy).Evaluations(0, 10_000);
            Assert.Equal(end.OracleCalls, page.Items.Select(static item => item.Object).Distinct().Count());
            Assert.All(await _cluster.Campaign(copy).Checkpoints(true), static checkpoint => Assert.True(checkpoint.Verified));
        }
    }

    [Fact]
    public async Task ALostSiloLosesNoRoundAndRepeatsOnlyCallsUnderWay()
    {
        await Start(_id, 400);
        var (killed, left, rounds) = (false, 0, new List<int>());
        while (rounds.Count < 400)
        {
            try
            {
                if (left > 0)
                {
                    await _cluster.Campaign(_id).Resume();
                }

                await foreach (var e in _cluster.Campaign(_id).Watch(rounds.LastOrDefault()))
                {
                    if (e.Kind == CampaignEventKinds.Round)
                    {
                        rounds.Add(e.Round);
                    }

                    if (!killed && e.Round == 20)
                    {
                        killed = true;
                        await KillAnotherSilo();
                    }
                }

                break;
            }
            catch (Exception error) when ((error is EnumerationAbortedException || CampaignFault.IsLoss(error)) && left++ < 10)
            {
                // The silo that was lost had the campaign's entry of the grain directory, so the campaign left its own: it is carried on by whoever asks.
                await Task.Delay(500);
            }
        }

        Assert.True(killed);
        var status = await _cluster.Campaign(_id).Status();
        Assert.Equal((CampaignState.Completed, ""), (status.State, status.Failure ?? ""));
        Assert.Equal(Enumerable.Range(1, 400), rounds);
        // Only calls that were under way when the silo died may be made again: at most four rounds' worth.
        Assert.InRange(_cluster.Tasks.Oracle.Scored.Count - _cluster.Tasks.Oracle.Scored.Distinct().Count(), 0, 32);
    }

    [Fact]
    public async Task AShardOfAPassedEpochWritesNothing()
    {
        await Run(_id);
        var specification = (await _cluster.Campaign(_id).Status()).Specification!;
        await _cluster.Campaign(_id).Discover(new DiscoverRequest("more", 5));
        await _cluster.RunToEnd(_id);
        var segments = await _cluster.Blobs.List(new CampaignBlobs(_id).EvaluationsPrefix);

        var error = await Assert.ThrowsAsync<TemperaException>(() => _cluster.Grains.GetGrain<IOracleShardGrain>($"{_id}/{Searchers + 1}")
            .Score(new OracleShardBatch(specification, 99, Packed.ToBytes<UInt128>([1]), 1)));

        Assert.Equal(TemperaError.StaleEpoch, error.Code);
        Assert.Equal(segments.Sum(static s => s.Length), (await _cluster.Blobs.List(new CampaignBlobs(_id).EvaluationsPrefix)).Sum(static s => s.Length));
    }

    [Fact]
    public async Task OldPoliciesAreRemoved()
    {
        await Run(_id);

        Assert.InRange((await _cluster.Blobs.List(new CampaignBlobs(_id).PoliciesPrefix)).Count, 1, 3);
    }

    // One that the campaign is not on, and at least one searcher is.
    private async Task KillAnotherSilo()
    {
        var home = (await _cluster.Cluster.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics())
            .Where(grain => grain.GrainId.Key.ToString() == _id).Select(static grain => grain.SiloAddress).ToHashSet();
        await _cluster.Cluster.KillSiloAsync(_cluster.Cluster.Silos.First(silo => !home.Contains(silo.SiloAddress)));
    }

    private async Task<HashSet<UInt128>> Paid(string id)
    {
        var paid = new HashSet<UInt128>();
        var reader = new Grains.Evaluations.EvaluationLogReader(_cluster.Blobs, new CampaignBlobs(id));
        for (var shard = 0; shard < Searchers; shard++)
        {
            await foreach (var segment in reader.ReadShard(shard))
            {
                paid.UnionWith(segment.Batches.SelectMany(static batch => batch.Objects));
            }
        }

        return paid;
    }

    private async Task Start(string id, int rounds)
    {
        await _cluster.Campaign(id).Create(GrainCluster.Specification(("searchers", $"{Searchers}"), ("width", "8"), ("threads", "1")));
        await _cluster.Campaign(id).Discover(new DiscoverRequest("1", rounds));
    }

    private async Task<List<CampaignEvent>> Run(string id)
    {
        await Start(id, Rounds);
        var events = new List<CampaignEvent>();
        await foreach (var e in _cluster.Campaign(id).Watch(0))
        {
            if (e.Kind == CampaignEventKinds.Round)
            {
                events.Add(e);
            }
        }

        return events;
    }
}
