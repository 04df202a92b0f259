using System.Collections.Concurrent;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Oracles;
using Tempera.Contracts.Searching;
using Tempera.Grains.Serialization;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Searching;

/// <summary>Answers that never come, as when a silo is lost on their way and nobody notices; and oracles that take longer than a call.</summary>
public sealed class LostAnswerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task AnAnswerThatIsLostIsAskedForAgainAndNothingIsPaidTwice()
    {
        var lost = new ConcurrentDictionary<string, int>();
        await using var cluster = new GrainCluster
        {
            HasNetworks = true,
            ResponseTimeout = TimeSpan.FromSeconds(8),
            Calls = async call =>
            {
                await call.Invoke();
                var method = $"{call.InterfaceMethod.DeclaringType!.Name}.{call.InterfaceMethod.Name}";
                if (method is $"{nameof(ISearcherGrain)}.{nameof(ISearcherGrain.Search)}" or $"{nameof(IOracleShardGrain)}.{nameof(IOracleShardGrain.Score)}"
                    && lost.AddOrUpdate(method, 1, static (_, count) => count + 1) == 3)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan);
                }
            },
        };
        var status = await Run(cluster, rounds: 20, ("searchers", "2"));

        Assert.Equal((CampaignState.Completed, 20), (status.State, status.Round));
        Assert.Equal(2, lost.Count);
        Assert.Distinct(cluster.Tasks.Oracle.Scored);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task AnOracleMayTakeLongerThanACall(int searchers)
    {
        await using var cluster = new GrainCluster { HasNetworks = true, ResponseTimeout = TimeSpan.FromSeconds(6) };
        var status = await Run(cluster, rounds: 1, ("searchers", $"{searchers}"), ("oracle_delay_ms", "900"));

        Assert.Equal((CampaignState.Completed, 1), (status.State, status.Round));
        Assert.InRange(status.OracleCalls, 5, 16);
        Assert.Distinct(cluster.Tasks.Oracle.Scored);
    }

    [Fact]
    public async Task WhatIsScoredIsFlushedWhileTheOracleTakesItsTime()
    {
        await using var cluster = new GrainCluster { HasNetworks = true };
        var status = await Run(cluster, rounds: 1, ("searchers", "1"));
        var slow = status.Specification! with { Settings = status.Specification!.Settings.SetItem("oracle_delay_ms", "60000") };
        var shard = cluster.Grains.GetGrain<IOracleShardGrain>($"{status.Id}/1");

        var scoring = shard.Score(new OracleShardBatch(slow, status.Epoch, Packed.ToBytes<UInt128>([1]), 1));
        await shard.Flush().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Null(await scoring);
    }

    private static async Task<CampaignSnapshot> Run(GrainCluster cluster, int rounds, params (string Name, string Value)[] settings)
    {
        await cluster.InitializeAsync();
        var id = GrainCluster.NewId();
        await cluster.Campaign(id).Create(GrainCluster.Specification([("width", "8"), ("threads", "1"), .. settings]));
        await cluster.Campaign(id).Discover(new DiscoverRequest("1", rounds));
        return await cluster.RunToEnd(id).WaitAsync(Limit);
    }
}
