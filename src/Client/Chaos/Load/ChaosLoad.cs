using System.Collections.Concurrent;
using System.Globalization;

using Tempera.Client.Cluster;
using Tempera.Client.CommandLine;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Chaos.Load;

/// <summary>Keeps a number of campaigns running: each that ends is followed by the next, until it is told to stop.</summary>
internal sealed class ChaosLoad(ChaosOptions options, ChaosCluster cluster)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ClusterCalls _calls = new(TimeProvider.System);
    private readonly ConcurrentQueue<ChaosCampaign> _ended = new();
    private readonly CancellationTokenSource _enough = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _number, _streams;

    /// <summary>The campaigns that have ended.</summary>
    public IReadOnlyCollection<ChaosCampaign> Ended => _ended;

    /// <summary>Completes when all campaigns of the beginning run.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Begins no further campaign; those that run may end.</summary>
    public void Enough() => _enough.Cancel();

    /// <summary>Runs campaigns; completes when they have ended after <see cref="Enough"/>.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        await using var client = await cluster.Connect(cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, options.Campaigns).Select(stream => stream == 0 && options.IsLong
            ? RunSteady(client, cancellationToken)
            : RunStream(client, cancellationToken)));
    }

    private async Task RunStream(IClusterConnection client, CancellationToken cancellationToken)
    {
        while (!_enough.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _number);
            var campaign = ChaosCampaign.Small(string.Create(CultureInfo.InvariantCulture, $"c{number:D4}"), number, options.Rounds);
            await Begin(client, campaign, cancellationToken);
            await Until(client, campaign.Id, static snapshot => snapshot.State == CampaignState.Completed, cancellationToken);
            _ended.Enqueue(campaign);
        }
    }

    private async Task RunSteady(IClusterConnection client, CancellationToken cancellationToken)
    {
        var campaign = ChaosCampaign.Small("steady", 0, 1_000_000);
        await Begin(client, campaign, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, _enough.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        var end = await Ask(client.Campaign(campaign.Id).Pause, cancellationToken);
        _ended.Enqueue(campaign with { Rounds = end.Round });
    }

    private async Task Begin(IClusterConnection client, ChaosCampaign campaign, CancellationToken cancellationToken)
    {
        var grain = client.Campaign(campaign.Id);
        await Ask(() => grain.Create(campaign.Specification), cancellationToken);
        await Ask(() => grain.Discover(new DiscoverRequest("all", campaign.Rounds)), cancellationToken);
        if (Interlocked.Increment(ref _streams) == options.Campaigns)
        {
            _begun.SetResult();
        }
    }

    private async Task Until(IClusterConnection client, string id, Func<CampaignSnapshot, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var snapshot = await Ask(client.Campaign(id).Status, cancellationToken);
            if (snapshot.State is CampaignState.Failed or CampaignState.Cancelled)
            {
                throw CommandException.Failed($"A campaign survives every fault; {id} is {snapshot.State} at round {snapshot.Round}: {snapshot.Failure}");
            }

            if (condition(snapshot))
            {
                return;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private Task<T> Ask<T>(Func<Task<T>> call, CancellationToken cancellationToken) => _calls.Ask(call, ClusterCalls.Long, cancellationToken);
}
