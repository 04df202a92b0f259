using System.Diagnostics;
using System.Text.Json;

using Tempera.Cluster.Tests.Fixtures;
using Tempera.Contracts.Campaigns;
using Tempera.Grains.Storage;

using Xunit;

namespace Tempera.Cluster.Tests.Clustering;

/// <summary>
/// Faults at random moments, drawn from a seed, on a campaign of three silos; ended ones are replaced. Explicit, since it takes
/// minutes: run the test program with <c>-explicit only -class '*ChaosTests'</c>. It prints a line a fault and the figures.
/// </summary>
[Collection(ServicesCollection.Name)]
public sealed class ChaosTests(Services services, ITestOutputHelper output)
{
    private const string Id = "chaos";
    private const int Silos = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly CampaignBlobs Names = new(Id);

    private enum Fault
    {
        Kill,
        Freeze,
        Stop,
        KillAnother,
        RestartStorage,
    }

    [Theory(Explicit = true)]
    [InlineData(1, 25, 4_000)]
    public async Task A_campaign_ends_as_if_nothing_had_happened(int seed, int faults, int rounds)
    {
        var random = new Random(seed);
        await using var cluster = await services.NewCluster().Start(Silos);
        await using (var client = await cluster.Connect())
        {
            await client.Campaign(Id).Create(RunResult.Specification(rounds));
            await client.Campaign(Id).Discover(new DiscoverRequest("all", rounds));
        }

        var times = new Dictionary<Fault, List<double>>();
        for (var i = 0; i < faults && !await IsCompleted(cluster.Blobs); i++)
        {
            await Grown(cluster.Blobs, epoch: 0);
            await Task.Delay(random.Next(2000));
            var fault = Enum.GetValues<Fault>()[random.Next(5)];
            var seconds = await Inflict(cluster, fault);
            output.WriteLine($"{i + 1,3} {fault,-15} {seconds,6:0.0} s to the next committed round");
            (times.TryGetValue(fault, out var list) ? list : times[fault] = []).Add(seconds);
            await cluster.Bury();
            await cluster.Start(Silos - cluster.Silos.Count);
        }

        while (!await IsCompleted(cluster.Blobs))
        {
            await Grown(cluster.Blobs, epoch: 0);
        }

        foreach (var (fault, list) in times)
        {
            output.WriteLine($"{fault,-15} {list.Count,3} times, median {list.Order().ElementAt(list.Count / 2):0.0} s, worst {list.Max():0.0} s");
        }

        await RunResult.AssertUndisturbed(cluster.Blobs, Id, rounds);
    }

    private async Task<double> Inflict(RealCluster cluster, Fault fault)
    {
        var (document, started) = (await Document(cluster.Blobs), Stopwatch.GetTimestamp());
        var owner = cluster.Silos.Where(static silo => silo.HasTrained(Id)).MaxBy(static silo => silo.LastEpoch(Id))!;
        switch (fault)
        {
            case Fault.Kill:
                await owner.Process.Kill();
                break;
            case Fault.Freeze:
                owner.Process.Signal("STOP");
                break;
            case Fault.Stop:
                owner.Process.Signal("TERM");
                break;
            case Fault.KillAnother:
                await cluster.Silos.First(silo => silo != owner).Process.Kill();
                break;
            default:
                await services.Azurite.Stop();
                await services.Azurite.Start();
                break;
        }

        await Grown(cluster.Blobs, fault is Fault.Kill or Fault.Freeze or Fault.Stop ? document.Epoch + 1 : 0);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (fault == Fault.Freeze)
        {
            owner.Process.Signal("CONT");
            await owner.Process.WaitForExit(Limit);
        }

        return seconds;
    }

    // Waits until an epoch runs the campaign and has added an event to its log, or the campaign is complete.
    private static async Task Grown(IBlobStore blobs, long epoch)
    {
        long? length = null;
        await Wait.Until(
            async () =>
            {
                var document = await Document(blobs);
                var now = (await blobs.List(Names.Events)).Sum(static item => item.Length);
                var grown = document.IsCompleted || (document.Epoch >= epoch && length is { } before && now > before);
                length = document.Epoch >= epoch ? now : null;
                return grown;
            },
            Limit, static () => "the next committed round");
    }

    private static async Task<bool> IsCompleted(IBlobStore blobs) => (await Document(blobs)).IsCompleted;

    private static async Task<(long Epoch, bool IsCompleted)> Document(IBlobStore blobs)
    {
        using var document = JsonDocument.Parse((await blobs.Get(Names.Document))!.Content);
        return (document.RootElement.GetProperty("epoch").GetInt64(), document.RootElement.GetProperty("state").GetString() == nameof(CampaignState.Completed));
    }
}
