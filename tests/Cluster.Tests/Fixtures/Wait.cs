using System.Diagnostics;
using System.Net.Sockets;

namespace Tempera.Cluster.Tests.Fixtures;

/// <summary>Waiting for what another process does: its state is asked for until it is as expected, within a limit.</summary>
internal static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task Until(Func<Task<bool>> condition, TimeSpan limit, Func<string> what)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Waited {limit.TotalSeconds} s in vain for {what()}");
            }

            await timer.WaitForNextTickAsync();
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
