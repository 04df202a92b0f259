using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

using Microsoft.AspNetCore.Http;

using Tempera.Client.Chaos.Links;
using Tempera.Client.Chaos.Processes;
using Tempera.Silo.Tests;

using Xunit;

namespace Tempera.Chaos.Links;

/// <summary>A disk without room, as a silo sees it through its gate.</summary>
public sealed class StorageGateTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _seen = [];
    private readonly HttpClient _silo = new();
    private LoopbackServer _storage = null!;
    private StorageGate _gate = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = new LoopbackServer(Answer);
        _gate = await StorageGate.Open(Ports.Free(), _storage.Address.Port, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_fits_is_written_and_the_rest_is_refused_while_reading_and_deleting_go_on()
    {
        _gate.Room = new DiskRoom(100);

        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Put, "a", 60));
        Assert.Equal(HttpStatusCode.InternalServerError, await Send(HttpMethod.Put, "b", 60));
        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Put, "c", 40));
        Assert.Equal(HttpStatusCode.InternalServerError, await Send(HttpMethod.Put, "d", 1));
        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Get, "a", null));
        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Delete, "a", null));
        Assert.Equal(2, _gate.Room.Refused);

        _gate.Room = null;
        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Put, "d", 60));
        Assert.Equal(["PUT a", "PUT c", "GET a", "DELETE a", "PUT d"], _seen);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_never_reaches_storage()
    {
        using (var killed = new TcpClient())
        {
            await killed.ConnectAsync(IPAddress.Loopback, _gate.Port);
            await killed.GetStream().WriteAsync("PUT /half HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nnot a hundred bytes"u8.ToArray());
        }

        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Put, "whole", 60));
        Assert.Equal(["PUT whole"], _seen);
    }

    public async ValueTask DisposeAsync()
    {
        _silo.Dispose();
        await _gate.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private async Task<HttpStatusCode> Send(HttpMethod method, string blob, int? bytes)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{_gate.Port}/{blob}") { Content = bytes is { } length ? new ByteArrayContent(new byte[length]) : null };
        using var answer = await _silo.SendAsync(request);
        return answer.StatusCode;
    }

    private Task Answer(HttpContext context)
    {
        _seen.Enqueue($"{context.Request.Method} {context.Request.Path.Value!.TrimStart('/')}");
        return Task.CompletedTask;
    }
}
