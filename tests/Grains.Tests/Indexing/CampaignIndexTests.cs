using Tempera.Contracts.Errors;
using Tempera.Contracts.Indexing;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Indexing;

[Collection(GrainClusterCollection.Name)]
public sealed class CampaignIndexTests(GrainCluster cluster)
{
    private ICampaignIndexGrain Index => cluster.Grains.GetGrain<ICampaignIndexGrain>(0);

    [Fact]
    public async Task Created_campaigns_are_listed_in_order_and_once()
    {
        var (a, b) = (GrainCluster.NewId(), GrainCluster.NewId());
        await cluster.Campaign(b).Create(GrainCluster.Specification());
        await cluster.Campaign(a).Create(GrainCluster.Specification());
        await cluster.Campaign(a).Create(GrainCluster.Specification());
        var ids = await Index.List();
        Assert.Single(ids, a);
        Assert.Single(ids, b);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task A_campaign_that_was_only_asked_about_is_not_listed()
    {
        var id = GrainCluster.NewId();
        await cluster.Campaign(id).Status();
        Assert.DoesNotContain(id, await Index.List());
    }

    [Fact]
    public async Task What_storage_holds_is_found_by_a_new_index()
    {
        var (id, copy) = (GrainCluster.NewId(), GrainCluster.NewId());
        await cluster.Campaign(id).Create(GrainCluster.Specification());
        cluster.Blobs.CopyCampaign(id, copy);
        Assert.Contains(copy, await cluster.Grains.GetGrain<ICampaignIndexGrain>(1).List());
    }

    [Fact]
    public async Task A_bad_id_is_refused() =>
        Assert.Equal(TemperaError.InvalidSetting, (await Assert.ThrowsAsync<TemperaException>(() => Index.Register("../x"))).Code);
}
