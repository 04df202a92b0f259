using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Silo.Embedding;

using Xunit;

namespace Tempera.Silo.Tests.Embedding;

public sealed class EmbeddedCampaignTests
{
    [Fact]
    public async Task A_campaign_leaves_its_files_in_the_directory_itself_and_another_silo_carries_on()
    {
        using var directory = new TemporaryFolder();
        await using (var first = await Start(directory))
        {
            Assert.Equal(3, (await SmallCampaign.Run(first.Campaign, rounds: 3)).Round);
        }

        Assert.Superset(
            new HashSet<string> { "campaign.json", "events.jsonl", "evaluations", "checkpoints" },
            Directory.GetFileSystemEntries(directory.Path).Select(static path => Path.GetFileName(path)).ToHashSet());
        await using var second = await Start(directory);
        Assert.Equal(3, (await second.Campaign.Status()).Round);
        Assert.Equal(5, (await SmallCampaign.Run(second.Campaign, rounds: 2)).Round);
    }

    [Fact]
    public async Task Stopping_in_the_middle_takes_a_running_campaign_to_a_checkpoint()
    {
        using var directory = new TemporaryFolder();
        await using (var first = await Start(directory))
        {
            await first.Campaign.Create(SmallCampaign.Specification);
            await first.Campaign.Discover(new DiscoverRequest("all", 1_000_000));
            await foreach (var entry in first.Campaign.Watch(0))
            {
                if (entry.Round >= 5)
                {
                    break;
                }
            }
        }

        await using var reader = await Start(directory, readOnly: true);
        var status = await reader.Campaign.Status();
        Assert.True(status.Round >= 5);
        Assert.Equal(status.Round, status.CheckpointRound);
    }

    [Fact]
    public async Task A_reader_sees_the_campaign_of_a_running_writer_and_is_refused_every_command()
    {
        using var directory = new TemporaryFolder();
        await using var writer = await Start(directory);
        await SmallCampaign.Run(writer.Campaign, rounds: 3);
        await using var reader = await Start(directory, readOnly: true);

        var status = await reader.Campaign.Status();
        var error = await Assert.ThrowsAsync<TemperaException>(() => reader.Campaign.Discover(new DiscoverRequest("more", 1)));

        Assert.Equal(3, status.Round);
        Assert.Equal(TemperaError.InvalidState, error.Code);
        Assert.Equal(3, (await writer.Campaign.Status()).Round);
    }

    private static Task<EmbeddedSilo> Start(TemporaryFolder directory, bool readOnly = false) => EmbeddedSilo.StartAsync(
        new EmbeddedSiloOptions { Directory = directory.Path, CampaignId = "test", ReadOnly = readOnly },
        new Surroundings { Variables = new Dictionary<string, string>() }, CancellationToken.None);
}
