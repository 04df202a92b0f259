using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Contracts.Indexing;
using Tempera.Grains.Hosting;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Campaigns;

/// <summary>Where others take over what a silo loses: campaigns that should run do, without a person.</summary>
public sealed class CampaignRevivalTests : IAsyncLifetime
{
    private const int Rounds = 20;

    private readonly GrainCluster _cluster = new() { Options = new GrainOptions { Revives = true, HeartbeatInterval = TimeSpan.FromSeconds(1) } };
    private readonly string _id = GrainCluster.NewId();

    private string Document => new Grains.Storage.CampaignBlobs(_id).Document;

    private ICampaignGrain Campaign => _cluster.Campaign(_id);

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task What_a_crash_left_running_is_found_in_storage_and_carried_on_by_a_sweep()
    {
        var lost = GrainCluster.NewId();
        CopyAtRound(10, lost);
        await Run();
        Assert.Equal(CampaignState.Completed, (await _cluster.RunToEnd(_id)).State);
        Assert.Equal(CampaignState.Running, (await _cluster.Campaign(lost).Status()).State);

        // A new index finds the campaign; a watcher of what nobody runs yet waits.
        var watch = _cluster.RunToEnd(lost);
        await _cluster.Grains.GetGrain<ICampaignIndexGrain>(1).Sweep();

        var end = await watch;
        Assert.Equal((CampaignState.Completed, Rounds, 2), (end.State, end.Round, end.Epoch));
        Assert.Equal(Evaluated(await Page(_id)), Evaluated(await Page(lost)));
    }

    [Fact]
    public async Task What_is_complete_paused_or_running_is_left_alone()
    {
        await Run();
        await _cluster.RunToEnd(_id);
        Assert.Equal((CampaignState.Completed, 1), State(await Campaign.Revive()));
        await Campaign.Discover(new DiscoverRequest("more", 1_000_000));
        Assert.Equal((CampaignState.Running, 1), State(await Campaign.Revive()));
        await Campaign.Pause();
        Assert.Equal((CampaignState.Paused, 1), State(await Campaign.Revive()));
    }

    [Fact]
    public async Task Storage_that_does_not_answer_fails_no_campaign_for_good()
    {
        var broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cluster.Blobs.BeforeWrite = name =>
        {
            if (name.EndsWith("events.jsonl", StringComparison.Ordinal) && _cluster.Tasks.Oracle.Scored.Count > 30)
            {
                broken.TrySetResult();
                throw new TemperaException(TemperaError.Storage, "storage does not answer");
            }
        };
        await Run();
        await broken.Task;
        var watch = _cluster.RunToEnd(_id);
        Assert.Equal(CampaignState.Running, (await Campaign.Status()).State);
        await Assert.ThrowsAsync<TemperaException>(async () => await UntilRevived());

        _cluster.Blobs.BeforeWrite = null;
        await UntilRevived();
        Assert.Equal(CampaignState.Completed, (await watch).State);
    }

    [Fact]
    public async Task Whoever_watches_hears_of_the_end_also_when_storage_refuses_the_last_event()
    {
        _cluster.Blobs.BeforeWrite = name =>
        {
            if (name.EndsWith("events.jsonl", StringComparison.Ordinal) && _cluster.Blobs.Get(Document).Result is { } document
                && System.Text.Encoding.UTF8.GetString(document.Content).Contains("\"completed\"", StringComparison.OrdinalIgnoreCase))
            {
                throw new TemperaException(TemperaError.Storage, "storage does not answer");
            }
        };
        await Run();

        var end = await _cluster.RunToEnd(_id).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((CampaignState.Completed, Rounds), (end.State, end.Round));
    }

    [Fact]
    public async Task An_overtaken_activation_ends_and_the_next_one_follows_the_new_writer()
    {
        await Run(rounds: 1_000_000);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cluster.Blobs.AfterWrite = name =>
        {
            if (name == $"campaigns/{_id}/events.jsonl" && taken.TrySetResult())
            {
                _cluster.Blobs.Seal(name);
            }
        };
        await taken.Task;
        _cluster.Blobs.AfterWrite = null;
        while ((await Campaign.Revive()).Epoch < 2)
        {
        }

        Assert.Equal((CampaignState.Running, 2), State(await Campaign.Status()));
    }

    private async Task UntilRevived()
    {
        // The runner is still ending when storage has just failed.
        while ((await Campaign.Revive()).Epoch < 2)
        {
        }
    }

    private async Task Run(int rounds = Rounds)
    {
        await Campaign.Create(GrainCluster.Specification());
        await Campaign.Discover(new DiscoverRequest("run", rounds));
    }

    private void CopyAtRound(int round, string copy)
    {
        var events = 0;
        _cluster.Blobs.AfterWrite = name =>
        {
            if (name == $"campaigns/{_id}/events.jsonl" && ++events == round)
            {
                _cluster.Blobs.CopyCampaign(_id, copy);
            }
        };
    }

    private async Task<EvaluationPage> Page(string id) => await _cluster.Campaign(id).Evaluations(0, 10_000);

    private static IEnumerable<string> Evaluated(EvaluationPage page) => page.Items.Select(static item => item.Object);

    private static (CampaignState State, long Epoch) State(CampaignSnapshot snapshot) => (snapshot.State, snapshot.Epoch);
}
