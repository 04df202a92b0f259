using System.Collections.Concurrent;
using System.Net;

using Tempera.Silo.Embedding;

namespace Tempera.Silo.Tests.Data;

/// <summary>A web server with one file, which understands ranges unless told otherwise and can hang up in the middle.</summary>
internal sealed class RangeServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _content;
    private readonly Task _loop;

    public RangeServer(byte[] content)
    {
        _content = content;
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/file");
        _listener.Prefixes.Add(new Uri(Address, "/").ToString());
        _listener.Start();
        _loop = Task.Run(Serve);
    }

    public Uri Address { get; }

    public bool KnowsRanges { get; init; } = true;

    /// <summary>Answers that end after half of what they promise.</summary>
    public int HangUps { get; set; }

    /// <summary>First byte of each answer.</summary>
    public ConcurrentQueue<int> Starts { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task Serve()
    {
        while (true)
        {
            try
            {
                await Answer(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        using var response = context.Response;
        if (context.Request.Url!.AbsolutePath != Address.AbsolutePath)
        {
            response.StatusCode = 404;
            return;
        }

        var start = KnowsRanges && context.Request.Headers["Range"] is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
        Starts.Enqueue(start);
        if (start >= _content.Length)
        {
            response.StatusCode = 416;
            return;
        }

        if (start > 0)
        {
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {start}-{_content.Length - 1}/{_content.Length}";
        }

        response.ContentLength64 = _content.Length - start;
        if (HangUps-- > 0)
        {
            await response.OutputStream.WriteAsync(_content.AsMemory(start, (_content.Length - start) / 2));
            await response.OutputStream.FlushAsync();
            response.Abort();
            return;
        }

        await response.OutputStream.WriteAsync(_content.AsMemory(start));
    }
}
