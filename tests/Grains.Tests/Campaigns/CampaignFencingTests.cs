using System.Text.Json;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Contracts.Oracles;
using Tempera.Contracts.Replay;
using Tempera.Contracts.Training;
using Tempera.Grains.Serialization;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Campaigns;

[Collection(GrainClusterCollection.Name)]
public sealed class CampaignFencingTests(GrainCluster cluster)
{
    private readonly string _id = GrainCluster.NewId();

    private ICampaignGrain Campaign => cluster.Campaign(_id);

    [Fact]
    public async Task A_running_campaign_whose_epoch_has_passed_stops_and_leaves_the_new_writers_files_alone()
    {
        await Campaign.Create(GrainCluster.Specification(("checkpoint_every", "50")));
        await Campaign.Discover(new DiscoverRequest("a", 1_000_000));
        var watch = Campaign.Watch(0).GetAsyncEnumerator();
        await Next(watch, 3);

        TakeOver();
        await Assert.ThrowsAsync<TemperaException>(() => Next(watch, 1_000_000));
        await watch.DisposeAsync();

        // The next activation sees the document of the new writer, which the old one has not touched.
        var status = await Campaign.Status();
        Assert.Equal(2, status.Epoch);
        var checkpoints = await Campaign.Checkpoints(verify: true);
        Assert.All(checkpoints, static checkpoint => Assert.True(checkpoint.Verified));
        Assert.DoesNotContain(checkpoints, checkpoint => checkpoint.Round > status.CheckpointRound);
    }

    [Fact]
    public async Task An_event_log_that_another_writer_grew_stops_the_campaign_at_once()
    {
        await Campaign.Create(GrainCluster.Specification(("checkpoint_every", "1000000")));
        await Campaign.Discover(new DiscoverRequest("a", 1_000_000));
        var watch = Campaign.Watch(0).GetAsyncEnumerator();
        await Next(watch, 2);
        var name = $"campaigns/{_id}/events.jsonl";
        TakeOver();
        while ((await cluster.Blobs.Append(name, "x\n"u8.ToArray(), cluster.Blobs.Content(name).Length, durable: false)).Conflict)
        {
        }

        var error = await Assert.ThrowsAsync<TemperaException>(() => Next(watch, 1_000_000));
        Assert.Equal(TemperaError.StaleEpoch, error.Code);
        await watch.DisposeAsync();
    }

    [Fact]
    public async Task A_command_on_a_stale_document_is_refused_and_the_next_one_sees_the_new_document()
    {
        await Campaign.Create(GrainCluster.Specification());
        await Campaign.Discover(new DiscoverRequest("a", 2));
        await cluster.RunToEnd(_id);
        TakeOver();
        var error = await Assert.ThrowsAsync<TemperaException>(() => Campaign.Discover(new DiscoverRequest("b", 2)));
        Assert.Equal(TemperaError.StaleEpoch, error.Code);
        Assert.Equal(2, (await Campaign.Status()).Epoch);
        await Campaign.Discover(new DiscoverRequest("b", 2));
        Assert.Equal(4, (await cluster.RunToEnd(_id)).Round);
    }

    [Fact]
    public async Task A_trainer_opened_with_a_passed_epoch_is_refused()
    {
        var specification = (await Campaign.Create(GrainCluster.Specification())).Specification!;
        TakeOver();
        var trainer = cluster.Grains.GetGrain<ITrainerGrain>(_id);
        var error = await Assert.ThrowsAsync<TemperaException>(() => trainer.Open(new TrainerOpenRequest(specification, 7, null)));
        Assert.Equal(TemperaError.StaleEpoch, error.Code);
    }

    [Fact]
    public async Task Grains_opened_for_reading_refuse_to_run_a_round()
    {
        var specification = (await Campaign.Create(GrainCluster.Specification())).Specification!;
        var trainer = cluster.Grains.GetGrain<ITrainerGrain>(_id);
        var oracle = cluster.Grains.GetGrain<IOracleEvaluatorGrain>($"{_id}/0");
        var replay = cluster.Grains.GetGrain<IReplayBufferGrain>(_id);
        await trainer.Open(new TrainerOpenRequest(specification, 0, null));
        await oracle.Open(new OracleOpenRequest(specification, 0));
        await replay.Open(new ReplayOpenRequest(specification, 0, null, 0));
        var errors = new[]
        {
            await Assert.ThrowsAsync<TemperaException>(() => trainer.Propose(new ProposeRequest(1, 0, 0))),
            await Assert.ThrowsAsync<TemperaException>(() => trainer.WriteCheckpoint(new CheckpointRequest(0, "{}"u8.ToArray()))),
            await Assert.ThrowsAsync<TemperaException>(() => oracle.Evaluate(new OracleBatch(1, new byte[16], new byte[4]))),
            await Assert.ThrowsAsync<TemperaException>(() => replay.Append(new ReplayAppend(1, new byte[16], new byte[4], new byte[8]))),
        };
        Assert.All(errors, static error => Assert.Equal(TemperaError.InvalidState, error.Code));
        Assert.Equal([$"campaigns/{_id}/campaign.json"], cluster.Blobs.Snapshot(_id).Keys);
    }

    private void TakeOver()
    {
        var name = $"campaigns/{_id}/campaign.json";
        var document = JsonSerializer.Deserialize(cluster.Blobs.Content(name), GrainsJson.Default.CampaignDocument)!;
        cluster.Blobs.Overwrite(name, JsonSerializer.SerializeToUtf8Bytes(document with { Epoch = 2 }, GrainsJson.Default.CampaignDocument));
    }

    private static async Task Next(IAsyncEnumerator<CampaignEvent> watch, int rounds)
    {
        while (rounds > 0 && await watch.MoveNextAsync())
        {
            rounds -= watch.Current.Kind == CampaignEventKinds.Round ? 1 : 0;
        }

        Assert.Equal(0, rounds);
    }
}
