using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tempera.Client.Chaos.Processes;

/// <summary>Loopback ports.</summary>
internal static class Ports
{
    // Below those that the system gives to outgoing connections.
    private const int First = 20_000, Last = 32_000;

    private static readonly HashSet<int> Given = [];

    /// <summary>A port that nobody listens on, at any address of this machine, and that was not given before.</summary>
    public static int Free()
    {
        lock (Given)
        {
            while (true)
            {
                var port = Random.Shared.Next(First, Last);
                if (!Given.Contains(port) && IsFree(port))
                {
                    Given.Add(port);
                    return port;
                }
            }
        }
    }

    /// <summary>True when somebody accepts connections on a port.</summary>
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

    /// <summary>Sends a line to a port and waits for an answer.</summary>
    public static async Task Say(int port, string text, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        await stream.ReadAtLeastAsync(new byte[64], 1, cancellationToken: cancellationToken);
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
