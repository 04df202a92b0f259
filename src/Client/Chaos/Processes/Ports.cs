using System.Net.Sockets;
using System.Text;

namespace Tempera.Client.Chaos.Processes;

/// <summary>Loopback ports.</summary>
internal static class Ports
{
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
}
