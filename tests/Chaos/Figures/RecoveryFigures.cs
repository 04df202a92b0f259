using System.Diagnostics;

using Tempera.Client.Chaos;
using Tempera.Client.Chaos.Load;
using Tempera.Client.Chaos.Processes;
using Tempera.Contracts.Campaigns;
using Tempera.Silo.Rehearsals;

using Xunit;

namespace Tempera.Chaos.Figures;

/// <summary>
/// How long a campaign stands still, and what a frozen silo gets written. Explicit, since it takes minutes:
/// <c>-explicit only -class '*RecoveryFigures' -showLiveOutput</c> prints the figures.
/// </summary>
public sealed class RecoveryFigures(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Repeats = 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("tempera-figures-").FullName;
    private readonly ChaosCampaign _campaign = ChaosCampaign.Small("c", 0, 1_000_000);
    private ChaosCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Services.AreInstalled, Services.Missing);
        _cluster = new ChaosCluster(new ChaosOptions { Kinds = [], Folder = _folder, Azurite = Services.Azurite });
        await _cluster.Start(CancellationToken.None);
        await using var client = await _cluster.Connect(CancellationToken.None);
        await client.Campaign(_campaign.Id).Create(_campaign.Specification);
        await client.Campaign(_campaign.Id).Discover(new DiscoverRequest("all", _campaign.Rounds));
        await Grown(epoch: 1);
    }

    [Fact(Explicit = true)]
    public async Task Seconds_from_SIGKILL_to_the_next_committed_round()
    {
        var seconds = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            var (owner, epoch) = await Owner();
            var started = Stopwatch.GetTimestamp();
            await owner.Process.Kill();
            await Grown(epoch + 1);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            await _cluster.Heal(CancellationToken.None);
        }

        Print("SIGKILL to the next committed round", seconds);
    }

    [Fact(Explicit = true)]
    public async Task A_frozen_silo_writes_nothing_when_it_wakes_up()
    {
        var (away, ending, written) = (new List<double>(), new List<double>(), 0L);
        for (var i = 0; i < Repeats; i++)
        {
            var (owner, epoch) = await Owner();
            var started = Stopwatch.GetTimestamp();
            owner.Process.Send(Signal.Stop);
            await Grown(epoch + 1);
            away.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);

            var before = owner.Slot.Storage.Accepted;
            started = Stopwatch.GetTimestamp();
            owner.Process.Send(Signal.Continue);
            Assert.True(await owner.Process.WaitForExit(Limit, CancellationToken.None));
            ending.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            written += owner.Slot.Storage.Accepted - before;
            await _cluster.Heal(CancellationToken.None);
        }

        Print("SIGSTOP to the next committed round", away);
        Print("SIGCONT to the end of the process", ending);
        output.WriteLine($"writes of woken silos that storage accepted: {written}");
        Assert.Equal(0, written);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<(SiloProcess Owner, long Epoch)> Owner()
    {
        var (epoch, _, _) = await RehearsalEvidence.Progress(_cluster.Storage, _campaign.Id);
        return (_cluster.Silos.MaxBy(silo => silo.LastEpoch(_campaign.Id))!, epoch);
    }

    // Waits until an epoch runs the campaign and has added to its event log.
    private async Task Grown(long epoch)
    {
        var (started, length) = (Stopwatch.GetTimestamp(), (long?)null);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync())
        {
            var now = await RehearsalEvidence.Progress(_cluster.Storage, _campaign.Id);
            if (now.Epoch >= epoch && length is { } before && now.EventBytes > before)
            {
                return;
            }

            length = now.Epoch >= epoch ? now.EventBytes : null;
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, $"No round was committed within {Limit.TotalSeconds} s.");
        }
    }

    private void Print(string what, List<double> seconds) =>
        output.WriteLine($"{what}: median {seconds.Order().ElementAt(seconds.Count / 2):0.0} s, worst {seconds.Max():0.0} s of {seconds.Count}");
}
