using System.Text;
using System.Text.Json.Nodes;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Evaluations;
using Tempera.Grains.Storage;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Campaigns;

/// <summary>A crash at any write, and what storage then holds, resumed: nothing may differ but the seconds.</summary>
[Collection(GrainClusterCollection.Name)]
public sealed class CampaignResumeTests(GrainCluster cluster)
{
    // One campaign that has ended, and one that has done half of its rounds: a copy, so that nothing of it is left in memory.
    private async Task<(string Whole, string Half)> WholeAndHalf()
    {
        var (whole, half, copy) = (GrainCluster.NewId(), GrainCluster.NewId(), GrainCluster.NewId());
        await Start(whole);
        await cluster.RunToEnd(whole);
        await cluster.Campaign(half).Create(GrainCluster.Specification());
        await cluster.Campaign(half).Discover(new DiscoverRequest("1", Rounds / 2));
        await cluster.RunToEnd(half);
        cluster.Blobs.CopyCampaign(half, copy);
        return (whole, copy);
    }

    private const int Rounds = 20;
    private const int Crashes = 20;

    [Fact]
    public async Task A_crash_after_any_write_changes_nothing_of_what_follows_and_pays_nothing_twice()
    {
        // The reference runs undisturbed; at writes drawn at random its storage is copied as a crash there would leave it.
        var reference = GrainCluster.NewId();
        var copies = new List<string>();
        var (writes, random) = (0, new Random(1));
        cluster.Blobs.AfterWrite = name =>
        {
            if (name.StartsWith($"campaigns/{reference}/", StringComparison.Ordinal) && writes++ > 2 && copies.Count < Crashes && random.Next(3) == 0)
            {
                copies.Add(GrainCluster.NewId());
                cluster.Blobs.CopyCampaign(reference, copies[^1]);
            }
        };
        await Start(reference);
        await cluster.RunToEnd(reference);
        cluster.Blobs.AfterWrite = null;
        var expected = await Everything(reference);
        Assert.Equal(Crashes, copies.Count);
        foreach (var copy in copies)
        {
            var paid = await Logged(copy);
            var before = cluster.Tasks.Oracle.Scored.Count;
            if ((await cluster.Campaign(copy).Status()).State == CampaignState.Created)
            {
                await Discover(copy);
            }

            await cluster.Campaign(copy).Resume();
            Assert.Equal(CampaignState.Completed, (await cluster.RunToEnd(copy)).State);
            var actual = await Everything(copy);
            Assert.Equal(expected.Events, actual.Events);
            Assert.Equal(expected.Parts, actual.Parts);
            Assert.Equal(expected.Objects, actual.Objects);
            Assert.Equal(expected.Modes, actual.Modes);
            var asked = cluster.Tasks.Oracle.Scored.Skip(before).ToList();
            Assert.DoesNotContain(asked, paid.Contains);
            Assert.Equal(expected.Objects.Count, paid.Count + asked.Distinct().Count());
            Assert.Equal(asked.Count, asked.Distinct().Count());
        }
    }

    [Fact]
    public async Task Half_the_rounds_and_then_the_other_half_equal_all_at_once()
    {
        var (whole, copy) = await WholeAndHalf();
        await cluster.Campaign(copy).Discover(new DiscoverRequest("2", Rounds / 2));
        await cluster.RunToEnd(copy);
        var (expected, actual) = (await Everything(whole), await Everything(copy));
        Assert.Equal(expected.Events, actual.Events);
        Assert.Equal(expected.Parts, actual.Parts);
    }

    [Fact]
    public async Task A_campaign_of_a_version_that_kept_no_history_of_epochs_carries_on()
    {
        var (whole, old) = await WholeAndHalf();
        var document = JsonNode.Parse((await cluster.Blobs.Get($"campaigns/{old}/campaign.json"))!.Content)!.AsObject();
        Assert.True(document.Remove("epochs"));
        cluster.Blobs.Overwrite($"campaigns/{old}/campaign.json", Encoding.UTF8.GetBytes(document.ToJsonString()));

        await cluster.Campaign(old).Discover(new DiscoverRequest("2", Rounds / 2));
        Assert.Equal(CampaignState.Completed, (await cluster.RunToEnd(old)).State);

        Assert.Equal((await Everything(whole)).Parts, (await Everything(old)).Parts);
    }

    [Fact]
    public async Task Crashing_again_and_again_far_from_checkpoints_still_ends_where_the_undisturbed_run_does()
    {
        var reference = GrainCluster.NewId();
        await Start(reference);
        await cluster.RunToEnd(reference);
        var expected = await Everything(reference);
        var id = GrainCluster.NewId();
        await Start(id);
        for (var crash = 0; crash < 4; crash++)
        {
            var next = GrainCluster.NewId();
            var (from, events, limit) = (id, 0, 3 + crash * 2);
            cluster.Blobs.AfterWrite = name =>
            {
                if (name == $"campaigns/{from}/events.jsonl" && ++events == limit)
                {
                    cluster.Blobs.CopyCampaign(from, next);
                }
            };
            await cluster.Campaign(id).Resume();
            await cluster.RunToEnd(id);
            cluster.Blobs.AfterWrite = null;
            id = cluster.Blobs.Snapshot(next).Count > 0 ? next : id;
        }

        await cluster.Campaign(id).Resume();
        await cluster.RunToEnd(id);
        var actual = await Everything(id);
        Assert.Equal(expected.Events, actual.Events);
        Assert.Equal(expected.Parts, actual.Parts);
        Assert.Equal(expected.Objects, actual.Objects);
    }

    [Fact]
    public async Task A_power_cut_that_tears_both_logs_changes_nothing_either()
    {
        var (reference, copy) = (GrainCluster.NewId(), GrainCluster.NewId());
        var copied = false;
        cluster.Blobs.AfterWrite = name =>
        {
            // Three rounds after the second checkpoint of four.
            if (!copied && name == $"campaigns/{reference}/events.jsonl" && Text(reference, "events.jsonl").Contains("\"round\":15,"))
            {
                copied = true;
                cluster.Blobs.CopyCampaign(reference, copy);
            }
        };
        await Start(reference);
        await cluster.RunToEnd(reference);
        cluster.Blobs.AfterWrite = null;
        foreach (var name in new[] { "events.jsonl", "evaluations/000001.log" })
        {
            var content = cluster.Blobs.Content($"campaigns/{copy}/{name}");
            cluster.Blobs.Overwrite($"campaigns/{copy}/{name}", content[..^17]);
        }

        await cluster.Campaign(copy).Resume();
        await cluster.RunToEnd(copy);
        var (expected, actual) = (await Everything(reference), await Everything(copy));
        Assert.Equal(expected.Events, actual.Events);
        Assert.Equal(expected.Parts, actual.Parts);
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_passed_over_reported_and_leads_to_the_same_end()
    {
        var (reference, copy) = (GrainCluster.NewId(), GrainCluster.NewId());
        await Start(reference);
        await cluster.RunToEnd(reference);
        cluster.Blobs.CopyCampaign(reference, copy);
        var part = $"campaigns/{copy}/checkpoints/{Rounds:D8}/{CheckpointContent.Weights}";
        cluster.Blobs.Overwrite(part, cluster.Blobs.Content(part)[..^1]);

        // The document says that the target is reached; the target moves on by a round from what is left.
        await cluster.Campaign(copy).Discover(new DiscoverRequest("more", 1));
        var end = await cluster.RunToEnd(copy);
        Assert.Equal(Rounds + 1, end.Round);
        Assert.Contains($"round {Rounds} is damaged", end.Warning);
        Assert.Contains("round 18 is used", end.Warning);
        var (expected, actual) = (await Everything(reference), await Everything(copy));
        Assert.Equal(expected.Events, actual.Events.Take(Rounds));
        Assert.Contains("\"event\":\"warning\"", Text(copy, "events.jsonl"));
    }

    [Fact]
    public async Task Without_a_good_checkpoint_resume_says_so_and_leaves_the_files()
    {
        var (reference, copy) = (GrainCluster.NewId(), GrainCluster.NewId());
        await Start(reference);
        await cluster.RunToEnd(reference);
        cluster.Blobs.CopyCampaign(reference, copy);
        foreach (var name in cluster.Blobs.Snapshot(copy).Keys.Where(static name => name.EndsWith("state.json", StringComparison.Ordinal)))
        {
            cluster.Blobs.Overwrite(name, [0]);
        }

        var before = cluster.Blobs.Snapshot(copy).Keys.Order().ToList();
        var error = await Assert.ThrowsAsync<TemperaException>(() => cluster.Campaign(copy).Discover(new DiscoverRequest("more", 1)));
        Assert.Equal(TemperaError.CheckpointDamaged, error.Code);
        Assert.Equal(before, cluster.Blobs.Snapshot(copy).Keys.Order());
        Assert.Equal(CampaignState.Failed, (await cluster.Campaign(copy).Status()).State);
    }

    [Fact]
    public async Task A_lost_evaluation_log_is_an_error_that_names_what_is_missing()
    {
        var (reference, copy) = (GrainCluster.NewId(), GrainCluster.NewId());
        await Start(reference);
        await cluster.RunToEnd(reference);
        cluster.Blobs.CopyCampaign(reference, copy);
        await cluster.Blobs.Delete($"campaigns/{copy}/evaluations/000001.log");
        var error = await Assert.ThrowsAsync<TemperaException>(() => cluster.Campaign(copy).Discover(new DiscoverRequest("more", 1)));
        Assert.Equal(TemperaError.CheckpointDamaged, error.Code);
        Assert.Contains("it has 0", error.Message);
    }

    [Theory]
    [InlineData("campaign.json", "\"format_version\": 1")]
    [InlineData("checkpoints/00000020/manifest.json", "\"format_version\": 1")]
    public async Task A_newer_format_is_refused_and_nothing_is_written(string file, string version)
    {
        var (reference, copy) = (GrainCluster.NewId(), GrainCluster.NewId());
        await Start(reference);
        await cluster.RunToEnd(reference);
        cluster.Blobs.CopyCampaign(reference, copy);
        var text = Text(copy, file);
        Assert.Contains(version, text);
        cluster.Blobs.Overwrite($"campaigns/{copy}/{file}", Encoding.UTF8.GetBytes(text.Replace(version, "\"format_version\": 2", StringComparison.Ordinal)));
        var error = await Assert.ThrowsAsync<TemperaException>(() => cluster.Campaign(copy).Discover(new DiscoverRequest("more", 1)));
        Assert.Equal(TemperaError.NewerFormat, error.Code);
        Assert.Contains("newer one", error.Message);
    }

    [Fact]
    public async Task A_checkpoint_of_another_campaign_is_a_conflict()
    {
        var (mine, other) = (GrainCluster.NewId(), GrainCluster.NewId());
        await Start(mine);
        await cluster.RunToEnd(mine);
        await cluster.Campaign(other).Create(GrainCluster.Specification() with { Seed = 99 });
        foreach (var (name, content) in cluster.Blobs.Snapshot(mine).Where(static pair => pair.Key.Contains("/checkpoints/") || pair.Key.Contains("/evaluations/")))
        {
            cluster.Blobs.Overwrite(name.Replace($"/{mine}/", $"/{other}/", StringComparison.Ordinal), content);
        }

        var error = await Assert.ThrowsAsync<TemperaException>(() => cluster.Campaign(other).Discover(new DiscoverRequest("a", 1)));
        Assert.Equal(TemperaError.CampaignConflict, error.Code);
        Assert.Contains("seed", error.Message);
    }

    private async Task Start(string id)
    {
        await cluster.Campaign(id).Create(GrainCluster.Specification());
        await Discover(id);
    }

    private Task Discover(string id) => cluster.Campaign(id).Discover(new DiscoverRequest("run", Rounds));

    private string Text(string id, string name) => Encoding.UTF8.GetString(cluster.Blobs.Content($"campaigns/{id}/{name}"));

    private async Task<HashSet<UInt128>> Logged(string id)
    {
        var logged = new HashSet<UInt128>();
        await foreach (var segment in new EvaluationLogReader(cluster.Blobs, new CampaignBlobs(id)).ReadSegments())
        {
            logged.UnionWith(segment.Batches.SelectMany(static batch => batch.Objects));
        }

        return logged;
    }

    // Round events without their seconds, the tensors of the last checkpoint, and what the buffer holds.
    private async Task<(List<string> Events, List<string> Parts, List<EvaluatedObject> Objects, List<ModeRecord> Modes)> Everything(string id)
    {
        var events = Text(id, "events.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(CampaignEventJson.Read)
            .Where(static item => item.Kind == CampaignEventKinds.Round)
            .Select(static item => CampaignEventJson.Write(item with { Seconds = 0, CpuSeconds = 0 }))
            .ToList();
        var parts = new[] { CheckpointContent.Weights, CheckpointContent.Optimizer }
            .Select(part => Convert.ToHexString(cluster.Blobs.Content($"campaigns/{id}/checkpoints/{Rounds:D8}/{part}"))).ToList();
        return (events, parts, [.. (await cluster.Campaign(id).Evaluations(0, 10_000)).Items], [.. await cluster.Campaign(id).Modes()]);
    }
}
