using System.Text.Json;
using System.Text.Json.Nodes;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Campaigns;

[Collection(GrainClusterCollection.Name)]
public sealed class CampaignCommandTests(GrainCluster cluster)
{
    private readonly string _id = GrainCluster.NewId();

    private ICampaignGrain Campaign => cluster.Campaign(_id);

    [Fact]
    public async Task An_unknown_campaign_has_state_unknown_and_refuses_everything_else()
    {
        Assert.Equal(CampaignState.Unknown, (await Campaign.Status()).State);
        var errors = new[]
        {
            await Assert.ThrowsAsync<TemperaException>(() => Campaign.Discover(new DiscoverRequest("k", 1))),
            await Assert.ThrowsAsync<TemperaException>(() => Campaign.Resume()),
            await Assert.ThrowsAsync<TemperaException>(() => Campaign.Modes()),
        };
        Assert.All(errors, static error => Assert.Equal(TemperaError.UnknownCampaign, error.Code));
    }

    [Fact]
    public async Task Create_resolves_every_setting_and_may_be_repeated()
    {
        var first = await Campaign.Create(GrainCluster.Specification());
        Assert.Equal(CampaignState.Created, first.State);
        Assert.Equal("8", first.Specification!.Settings["width"]);
        Assert.Equal("8", first.Specification.Settings["batch"]);
        Assert.Equal(102, first.KnownModes);
        Assert.Equal(first.Specification.Settings, (await Campaign.Create(GrainCluster.Specification())).Specification!.Settings);
        Assert.Equal(first.Specification.Settings, (await Campaign.Create(first.Specification)).Specification!.Settings);
    }

    [Fact]
    public async Task A_campaign_from_before_a_setting_existed_has_its_default()
    {
        await Campaign.Create(GrainCluster.Specification());
        var older = GrainCluster.NewId();
        cluster.Blobs.CopyCampaign(_id, older);
        var name = $"campaigns/{older}/campaign.json";
        var document = JsonNode.Parse(cluster.Blobs.Content(name))!;
        Assert.True(document["specification"]!["settings"]!.AsObject().Remove("subtb_lambda"));
        cluster.Blobs.Overwrite(name, JsonSerializer.SerializeToUtf8Bytes(document));

        Assert.Equal(CampaignState.Created, (await cluster.Campaign(older).Create(GrainCluster.Specification())).State);
        var error = await Assert.ThrowsAsync<TemperaException>(() => cluster.Campaign(older).Create(GrainCluster.Specification(("subtb_lambda", "0.5"))));
        Assert.Equal(TemperaError.CampaignConflict, error.Code);
    }

    [Theory]
    [InlineData("task", "other")]
    [InlineData("seed", "8")]
    [InlineData("width", "16")]
    [InlineData("rounds", "21")]
    [InlineData("budget", "5")]
    public async Task Another_specification_under_the_same_id_is_a_conflict_that_names_the_setting(string setting, string value)
    {
        await Campaign.Create(GrainCluster.Specification());
        var other = setting switch
        {
            "task" => GrainCluster.Specification() with { Task = value },
            "seed" => GrainCluster.Specification() with { Seed = ulong.Parse(value) },
            "rounds" => GrainCluster.Specification() with { Rounds = int.Parse(value) },
            "budget" => GrainCluster.Specification() with { Budget = long.Parse(value) },
            _ => GrainCluster.Specification((setting, value)),
        };
        var error = await Assert.ThrowsAsync<TemperaException>(() => Campaign.Create(other));
        Assert.Equal(TemperaError.CampaignConflict, error.Code);
        Assert.Contains(setting, error.Message);
        Assert.Contains(value, error.Message);
    }

    [Fact]
    public async Task Threads_are_a_fact_of_the_host_and_may_change()
    {
        await Campaign.Create(GrainCluster.Specification());
        var changed = await Campaign.Create(GrainCluster.Specification(("threads", "3")));
        Assert.Equal("3", changed.Specification!.Settings["threads"]);
    }

    [Fact]
    public async Task Bad_specifications_are_refused_and_leave_nothing()
    {
        var unknown = await Assert.ThrowsAsync<TemperaException>(() => Campaign.Create(GrainCluster.Specification() with { Task = "nope" }));
        Assert.Equal(TemperaError.UnknownTask, unknown.Code);
        foreach (var bad in new[]
        {
            GrainCluster.Specification(("width", "-1")), GrainCluster.Specification(("widht", "8")),
            GrainCluster.Specification() with { Rounds = 0 }, GrainCluster.Specification() with { Budget = 0 },
        })
        {
            Assert.Equal(TemperaError.InvalidSetting, (await Assert.ThrowsAsync<TemperaException>(() => Campaign.Create(bad))).Code);
        }

        Assert.Equal(CampaignState.Unknown, (await Campaign.Status()).State);
        Assert.Empty(cluster.Blobs.Snapshot(_id));
    }

    [Fact]
    public async Task Discover_runs_to_its_target_once_a_key()
    {
        await Campaign.Create(GrainCluster.Specification());
        await Campaign.Discover(new DiscoverRequest("a", 4));
        var first = await cluster.RunToEnd(_id);
        Assert.Equal((CampaignState.Completed, 4, 4), (first.State, first.Round, first.TargetRound));
        Assert.Equal((4, 1L), (first.CheckpointRound!.Value, first.Epoch));

        var repeated = await Campaign.Discover(new DiscoverRequest("a", 4));
        Assert.Equal((CampaignState.Completed, 4, 1L), (repeated.State, repeated.TargetRound, repeated.Epoch));

        await Campaign.Discover(new DiscoverRequest("b", 3));
        Assert.Equal(7, (await cluster.RunToEnd(_id)).Round);
    }

    [Fact]
    public async Task Resume_needs_a_target_and_does_nothing_when_it_is_reached()
    {
        await Campaign.Create(GrainCluster.Specification());
        Assert.Equal(TemperaError.InvalidState, (await Assert.ThrowsAsync<TemperaException>(() => Campaign.Resume())).Code);
        await Campaign.Discover(new DiscoverRequest("a", 2));
        await cluster.RunToEnd(_id);
        Assert.Equal(CampaignState.Completed, (await Campaign.Resume()).State);
    }

    [Fact]
    public async Task Pause_stops_at_a_round_boundary_with_a_checkpoint_and_resume_carries_on()
    {
        await Campaign.Create(GrainCluster.Specification());
        await Campaign.Discover(new DiscoverRequest("a", 1_000_000));
        var paused = await Campaign.Pause();
        Assert.Equal(CampaignState.Paused, paused.State);
        Assert.Equal(paused.Round == 0 ? null : paused.Round, paused.CheckpointRound);
        Assert.Equal(CampaignState.Paused, (await Campaign.Pause()).State);

        Assert.Equal(CampaignState.Running, (await Campaign.Resume()).State);
        await foreach (var campaignEvent in Campaign.Watch(paused.Round))
        {
            if (campaignEvent.Kind == CampaignEventKinds.Round)
            {
                Assert.Equal(paused.Round + 1, campaignEvent.Round);
                break;
            }
        }

        var cancelled = await Campaign.Cancel();
        Assert.Equal(CampaignState.Cancelled, cancelled.State);
        Assert.True(cancelled.Round > paused.Round);
        Assert.Equal(cancelled.Round, cancelled.CheckpointRound);
    }

    [Fact]
    public async Task A_cancelled_campaign_stays_cancelled()
    {
        await Campaign.Create(GrainCluster.Specification());
        Assert.Equal(CampaignState.Cancelled, (await Campaign.Cancel()).State);
        Assert.Equal(TemperaError.InvalidState, (await Assert.ThrowsAsync<TemperaException>(() => Campaign.Resume())).Code);
        Assert.Equal(TemperaError.InvalidState, (await Assert.ThrowsAsync<TemperaException>(() => Campaign.Discover(new DiscoverRequest("a", 1)))).Code);
    }

    [Fact]
    public async Task Raising_the_target_of_a_running_campaign_is_taken_up_by_its_loop()
    {
        await Campaign.Create(GrainCluster.Specification());
        await Campaign.Discover(new DiscoverRequest("a", 5));
        await Campaign.Discover(new DiscoverRequest("b", 5));
        var end = await cluster.RunToEnd(_id);
        Assert.Equal((CampaignState.Completed, 10, 1L), (end.State, end.Round, end.Epoch));
    }

    [Fact]
    public async Task The_budget_ends_the_campaign_at_the_first_boundary_at_or_above_it()
    {
        await Campaign.Create(GrainCluster.Specification() with { Budget = 30 });
        await Campaign.Discover(new DiscoverRequest("a", 100));
        var end = await cluster.RunToEnd(_id);
        Assert.Equal(CampaignState.Completed, end.State);
        Assert.True(end.OracleCalls >= 30);
        var page = await Campaign.Evaluations(0, 1000);
        Assert.Equal(end.OracleCalls, page.Total);
        Assert.True(page.Items.Count(item => item.Round < end.Round) < 30);
    }

    [Fact]
    public async Task A_failing_oracle_fails_the_campaign_with_a_sentence_and_resume_tries_again()
    {
        await Campaign.Create(GrainCluster.Specification() with { Task = "broken" });
        await Campaign.Discover(new DiscoverRequest("a", 3));
        var failed = await cluster.RunToEnd(_id);
        Assert.Equal(CampaignState.Failed, failed.State);
        Assert.Contains("on fire", failed.Failure);
        Assert.Equal(0, failed.Round);
        await Campaign.Resume();
        Assert.Equal(CampaignState.Failed, (await cluster.RunToEnd(_id)).State);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("k", 0)]
    [InlineData("k", -5)]
    public async Task A_bad_discover_request_is_refused(string key, int rounds)
    {
        await Campaign.Create(GrainCluster.Specification());
        Assert.Equal(TemperaError.InvalidSetting, (await Assert.ThrowsAsync<TemperaException>(() => Campaign.Discover(new DiscoverRequest(key, rounds)))).Code);
    }
}
