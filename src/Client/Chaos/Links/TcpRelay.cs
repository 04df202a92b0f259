using System.Net;
using System.Net.Sockets;

namespace Tempera.Client.Chaos.Links;

/// <summary>
/// Passes connections on to a port, each direction through a valve of its own. What a shut valve holds back arrives when it opens, as
/// the packets do that TCP repeats; so no connection ever sees a stream with a hole in it.
/// </summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    /// <summary>Listens, and connects to the target once for each connection.</summary>
    public TcpRelay(IPEndPoint listen, IPEndPoint target)
    {
        _target = target;
        _listener = new TcpListener(listen);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept();
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>From those who connect to the target.</summary>
    public Valve There { get; } = new();

    /// <summary>From the target to those who have connected.</summary>
    public Valve Back { get; } = new();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                connections.RemoveAll(static connection => connection.IsCompleted);
                connections.Add(Pass(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task Pass(Socket client)
    {
        using var server = new Socket(_target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await There.Passage(_stop.Token);
                await server.ConnectAsync(_target, _stop.Token);
                await Task.WhenAll(Pump(client, server, There), Pump(server, client, Back));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One end is gone; closing both tells the other.
            }
        }
    }

    private async Task Pump(Socket from, Socket to, Valve valve)
    {
        var buffer = new byte[64 << 10];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _stop.Token)) > 0)
            {
                await valve.Passage(_stop.Token);
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stop.Token);
                }
            }

            await valve.Passage(_stop.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            // The other direction ends with this one.
            from.Dispose();
            to.Dispose();
            throw;
        }
    }
}
