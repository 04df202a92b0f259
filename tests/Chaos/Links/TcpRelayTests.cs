using System.Net;
using System.Net.Sockets;

using Tempera.Client.Chaos.Links;

using Xunit;

namespace Tempera.Chaos.Links;

/// <summary>Each direction of a relay is cut alone, and what was held back arrives whole.</summary>
public sealed class TcpRelayTests : IAsyncLifetime
{
    private readonly TcpListener _target = new(IPAddress.Loopback, 0);
    private readonly TcpClient _client = new();
    private TcpRelay _relay = null!;
    private TcpClient _server = null!;

    public async ValueTask InitializeAsync()
    {
        _target.Start();
        _relay = new TcpRelay(new IPEndPoint(IPAddress.Loopback, 0), (IPEndPoint)_target.LocalEndpoint);
        await _client.ConnectAsync(IPAddress.Loopback, _relay.Port);
        _server = await _target.AcceptTcpClientAsync();
    }

    [Fact]
    public async Task One_direction_is_held_back_while_the_other_passes_and_arrives_later()
    {
        _relay.There.Shut();
        await Send(_client, [1, 2]);
        var held = Receive(_server, 2);
        await Send(_server, [3]);

        Assert.Equal([3], await Receive(_client, 1));
        Assert.False(held.IsCompleted);
        _relay.There.Open();
        Assert.Equal([1, 2], await held);
    }

    [Fact]
    public async Task The_end_of_one_side_reaches_the_other()
    {
        _server.Dispose();

        Assert.Equal(0, await _client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _server.Dispose();
        _target.Stop();
        await _relay.DisposeAsync();
    }

    private static Task Send(TcpClient client, byte[] bytes) => client.GetStream().WriteAsync(bytes).AsTask();

    private static async Task<byte[]> Receive(TcpClient client, int count)
    {
        var bytes = new byte[count];
        await client.GetStream().ReadExactlyAsync(bytes);
        return bytes;
    }
}
