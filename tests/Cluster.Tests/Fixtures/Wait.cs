using System.Diagnostics;
using System.Net.Sockets;

using Tempera.Client.Cluster;
using Tempera.Contracts.Campaigns;

namespace Tempera.Cluster.Tests.Fixtures;

/// <summary>Waiting for what another process does: its state is asked for until it is as expected, within a limit.</summary>
internal static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task Until(Func<Task<bool>> condition, TimeSpan limit, Func<string> what)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        while (!await condition().WaitAsync(limit))
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Waited {limit.TotalSeconds} s in vain for {what()}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>The events of a campaign from its beginning to its end, which must come within a limit.</summary>
    public static async IAsyncEnumerable<CampaignEvent> Events(ICampaignGrain campaign, TimeSpan limit)
    {
        using var end = new CancellationTokenSource(limit);
        await using var events = new ClusterWatch(TimeProvider.System).Events(campaign, 0, end.Token).GetAsyncEnumerator(end.Token);
        CampaignEvent? last = null;
        while (await Next())
        {
            yield return last = events.Current;
        }

        async Task<bool> Next()
        {
            try
            {
                return await events.MoveNextAsync();
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited {limit.TotalSeconds} s in vain for the end of a campaign, whose last event is {last}");
            }
        }
    }

    /// <summary>True when somebody accepts connections on a loopback port.</summary>
    public static async Task<bool> Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
