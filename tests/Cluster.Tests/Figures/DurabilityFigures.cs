using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

using Tempera.Cluster.Tests.Fixtures;
using Tempera.Contracts.Campaigns;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;
using Tempera.Grains.Telemetry;
using Tempera.Model.Settings;
using Tempera.Silo.Storage;
using Tempera.Silo.Storage.Azure;
using Tempera.Silo.Tests;
using Tempera.Silo.Tools.Benchmarking;

using Xunit;

namespace Tempera.Cluster.Tests.Figures;

/// <summary>
/// What durability costs: rounds and checkpoints on Azurite, in a local folder and in memory, by turns in one process. Explicit, since it takes minutes:
/// <c>-explicit only -class '*DurabilityFigures' -showLiveOutput</c> prints the figures.
/// </summary>
[Collection(ServicesCollection.Name)]
public sealed class DurabilityFigures(Azurite azurite, ITestOutputHelper output) : IClassFixture<Azurite>
{
    private const int Blocks = 5;

    [Theory(Explicit = true)]
    [InlineData("rna1", 100, 300)]
    [InlineData("tfbind8", 200, 500)]
    [InlineData("hypergrid", 500, 2000)]
    public async Task Rounds(string task, int warmUp, int rounds)
    {
        using var folder = new TemporaryFolder();
        await using var none = await StoredCampaign.Start("none (memory)", new VolatileBlobStore(), task);
        await using var local = await StoredCampaign.Start("local folder", new LocalFolderBlobStore(folder.Path), task);
        await using var remote = await StoredCampaign.Start("Azurite", await Container(), task);
        StoredCampaign[] campaigns = [none, local, remote];
        foreach (var campaign in campaigns)
        {
            await campaign.WarmUp(warmUp);
        }

        for (var block = 0; block < Blocks; block++)
        {
            foreach (var campaign in block % 2 == 0 ? campaigns : campaigns.Reverse())
            {
                await campaign.Run(rounds);
            }
        }

        Line($"{task}: medians of {Blocks} blocks of {rounds} rounds by turns, checkpoint every {new LearnerSettings().CheckpointEvery} rounds and at the end of a block");
        Line("| storage | wall ms a round | ratio to none (worst block) | CPU ms a round | writes a round | bytes to logs a round | bytes of checkpoints a round |");
        foreach (var campaign in campaigns)
        {
            var ratios = campaign.Wall.Zip(none.Wall, static (mine, theirs) => mine / theirs).ToArray();
            Line(string.Create(CultureInfo.InvariantCulture,
                $"| {campaign.Store} | {Statistics.Median([.. campaign.Wall]):0.00} | {Statistics.Median(ratios):0.00} ({ratios.Max():0.00}) | {Statistics.Median([.. campaign.Cpu]):0.00} | {campaign.Writes:0.00} | {campaign.Appended:0} | {campaign.Put:0} |"));
        }
    }

    [Theory(Explicit = true)]
    [InlineData(1, 15)]
    [InlineData(10, 9)]
    [InlineData(100, 5)]
    public async Task Checkpoints(int megabytes, int repeats)
    {
        using var folder = new TemporaryFolder();
        (string Name, IBlobStore Blobs)[] stores =
            [("none (memory)", new VolatileBlobStore()), ("local folder", new LocalFolderBlobStore(folder.Path)), ("Azurite", await Container())];
        var times = stores.ToDictionary(static store => store.Name, static _ => (Write: new List<double>(), Read: new List<double>()));
        var parts = Parts(megabytes * 1_000_000);
        foreach (var (_, blobs) in stores)
        {
            await Write(blobs, parts, 0);
        }

        for (var round = 1; round <= repeats; round++)
        {
            foreach (var (name, blobs) in stores)
            {
                var started = Stopwatch.GetTimestamp();
                await Write(blobs, parts, round);
                times[name].Write.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                started = Stopwatch.GetTimestamp();
                Assert.Equal(3, (await new CheckpointReader(blobs, Names).Read(round)).Parts.Count);
                times[name].Read.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        Line($"checkpoint of {megabytes} MB: medians of {repeats} by turns");
        Line("| storage | write ms | worst | read and verify ms | worst |");
        foreach (var (name, time) in times)
        {
            Line(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {Statistics.Median([.. time.Write]):0} | {time.Write.Max():0} | {Statistics.Median([.. time.Read]):0} | {time.Read.Max():0} |"));
        }
    }

    private static CampaignBlobs Names { get; } = new("cost");

    // As a checkpoint is divided: the weights, two moments of each for the optimiser, and the rest.
    private static (string Name, byte[] Content)[] Parts(int bytes)
    {
        var rest = Math.Min(20_000, bytes / 50);
        (string Name, byte[] Content)[] parts =
        [
            (CheckpointContent.Weights, new byte[(bytes - rest) / 3]), (CheckpointContent.Optimizer, new byte[(bytes - rest) / 3 * 2]), (CheckpointContent.State, new byte[rest]),
        ];
        foreach (var (_, content) in parts)
        {
            new Random(1).NextBytes(content);
        }

        return parts;
    }

    private static async Task Write(IBlobStore blobs, (string Name, byte[] Content)[] parts, int round)
    {
        if (round == 0)
        {
            var document = new CampaignDocument
            {
                TemperaVersion = "0",
                Id = "cost",
                Specification = new CampaignSpecification { Task = "rna1" },
                State = CampaignState.Running,
                Epoch = 1,
                CreatedAt = DateTimeOffset.UnixEpoch,
                UpdatedAt = DateTimeOffset.UnixEpoch,
            };
            await blobs.Put(Names.Document, JsonSerializer.SerializeToUtf8Bytes(document, GrainsJson.Default.CampaignDocument), BlobCondition.None);
        }

        using var telemetry = new TemperaTelemetry();
        var writer = new CheckpointWriter(blobs, Names, new CampaignLease(blobs, Names), TimeProvider.System, telemetry);
        await writer.Write(new CheckpointTarget("cost", "rna1", round, 1), parts);
        await writer.Prune(round, 3);
    }

    private async Task<IBlobStore> Container()
    {
        Assert.SkipUnless(Azurite.IsInstalled, Azurite.Missing);
        var blobs = new AzureBlobStore(azurite.NewContainer());
        await blobs.EnsureContainer(CancellationToken.None);
        return blobs;
    }

    private void Line(string text) => output.WriteLine(text);
}
