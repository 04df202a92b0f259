using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Campaigns;

[Collection(GrainClusterCollection.Name)]
public sealed class CampaignReadingTests(GrainCluster cluster)
{
    [Fact]
    public async Task An_idle_campaign_is_read_at_its_newest_checkpoint_without_writing()
    {
        var (id, copy) = (GrainCluster.NewId(), GrainCluster.NewId());
        await Run(id, 10);
        cluster.Blobs.CopyCampaign(id, copy);
        var (before, scored) = (cluster.Blobs.Snapshot(copy), cluster.Tasks.Oracle.Scored.Count);
        var campaign = cluster.Campaign(copy);

        Assert.Equal(10, (await campaign.Status()).Round);
        Assert.Equal((await cluster.Campaign(id).Modes()).AsEnumerable(), await campaign.Modes());
        Assert.Equal((await cluster.Campaign(id).Evaluations(0, 1000)).Items.AsEnumerable(), (await campaign.Evaluations(0, 1000)).Items);
        Assert.Equal("round 10", Assert.Single(await campaign.Evaluate(new EvaluateRequest([1], 10, 0))).Basis);
        Assert.Equal([6, 10], (await campaign.Checkpoints(verify: true)).Select(static checkpoint => checkpoint.Round));
        Assert.Equal(2, (await campaign.TemperatureCurves(1, 3, 2)).LogZ.Length);
        Assert.Equal(5, (await campaign.Sample(new SampleRequest(1, 5, 0, false))).Objects.Length);
        Assert.Equal(before, cluster.Blobs.Snapshot(copy));
        Assert.Equal(scored, cluster.Tasks.Oracle.Scored.Count);
    }

    [Fact]
    public async Task Samples_carry_known_scores_and_on_request_all_without_recording_them()
    {
        var id = GrainCluster.NewId();
        await Run(id, 10);
        var known = (await cluster.Campaign(id).Evaluations(0, 1000)).Items.ToDictionary(static item => item.Object, static item => item.Score);
        var before = cluster.Blobs.Snapshot(id);
        var plain = await cluster.Campaign(id).Sample(new SampleRequest(1, 1024, 0, Score: false));
        Assert.All(plain.Objects, item => Assert.Equal(known.TryGetValue(item.Object, out var score) ? score : null, item.Score));
        Assert.Equal(known.Count, plain.Objects.Count(static item => item.Score is not null));
        var scored = await cluster.Campaign(id).Sample(new SampleRequest(1, 1024, 0, Score: true));
        Assert.All(scored.Objects, static item => Assert.NotNull(item.Score));
        Assert.Equal(before, cluster.Blobs.Snapshot(id));
        Assert.Equal(known.Count, (await cluster.Campaign(id).Evaluations(0, 1)).Total);
    }

    [Fact]
    public async Task Readings_of_a_running_campaign_come_between_rounds_and_change_nothing_of_it()
    {
        var (quiet, read) = (GrainCluster.NewId(), GrainCluster.NewId());
        await Run(quiet, 40);
        await cluster.Campaign(read).Create(GrainCluster.Specification());
        await cluster.Campaign(read).Discover(new DiscoverRequest("a", 40));
        CampaignSnapshot status;
        do
        {
            await cluster.Campaign(read).Sample(new SampleRequest(1, 20, 0, true));
            await cluster.Campaign(read).Evaluate(new EvaluateRequest([1, 2], 10, 0));
            status = await cluster.Campaign(read).Status();
        }
        while (status.State == CampaignState.Running);

        Assert.Equal(CampaignState.Completed, status.State);
        Assert.Equal(
            (await cluster.Campaign(quiet).Evaluations(0, 10_000)).Items.AsEnumerable(), (await cluster.Campaign(read).Evaluations(0, 10_000)).Items);
    }

    [Fact]
    public async Task Pages_are_in_order_of_evaluation_and_end_at_the_total()
    {
        var id = GrainCluster.NewId();
        await Run(id, 10);
        var all = await cluster.Campaign(id).Evaluations(0, 10_000);
        var part = await cluster.Campaign(id).Evaluations(3, 4);
        Assert.Equal(all.Items.Skip(3).Take(4), part.Items);
        Assert.Equal(all.Total, part.Total);
        Assert.Empty((await cluster.Campaign(id).Evaluations(all.Total + 5, 4)).Items);
        Assert.Equal(all.Items.Length, all.Items.Select(static item => item.Object).Distinct().Count());
        Assert.True(all.Items.Select(static item => item.Round).SequenceEqual(all.Items.Select(static item => item.Round).Order()));
    }

    [Fact]
    public async Task Arguments_out_of_range_are_named_with_their_range()
    {
        var id = GrainCluster.NewId();
        await cluster.Campaign(id).Create(GrainCluster.Specification());
        var campaign = cluster.Campaign(id);
        var calls = new Func<Task>[]
        {
            () => campaign.Sample(new SampleRequest(0, 1, 0, false)),
            () => campaign.Sample(new SampleRequest(float.NaN, 1, 0, false)),
            () => campaign.Sample(new SampleRequest(1, 0, 0, false)),
            () => campaign.Evaluate(new EvaluateRequest([], 10, 0)),
            () => campaign.Evaluate(new EvaluateRequest([-1], 10, 0)),
            () => campaign.Evaluate(new EvaluateRequest(default, 10, 0)),
            () => campaign.Evaluations(-1, 10),
            () => campaign.Evaluations(0, 10_001),
            () => campaign.TemperatureCurves(2, 1, 10),
            () => campaign.TemperatureCurves(1, 2, 0),
        };
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<TemperaException>(call);
            Assert.Equal(TemperaError.InvalidSetting, error.Code);
            Assert.Contains("received", error.Message);
        }
    }

    private async Task Run(string id, int rounds)
    {
        await cluster.Campaign(id).Create(GrainCluster.Specification());
        await cluster.Campaign(id).Discover(new DiscoverRequest("a", rounds));
        Assert.Equal(CampaignState.Completed, (await cluster.RunToEnd(id)).State);
    }
}
