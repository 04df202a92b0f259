using System.Collections.Concurrent;

using Microsoft.AspNetCore.Http;

namespace Tempera.Silo.Tests.Data;

/// <summary>A web server with one file, which understands ranges unless told otherwise and can hang up in the middle.</summary>
internal sealed class RangeServer : IAsyncDisposable
{
    private const string Path = "/file";

    private readonly LoopbackServer _server;
    private readonly byte[] _content;

    public RangeServer(byte[] content)
    {
        _content = content;
        _server = new LoopbackServer(Answer);
    }

    public Uri Address => new(_server.Address, Path);

    public bool KnowsRanges { get; init; } = true;

    /// <summary>Answers that end after half of what they promise.</summary>
    public int HangUps { get; set; }

    /// <summary>First byte of each answer.</summary>
    public ConcurrentQueue<int> Starts { get; } = [];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        var response = context.Response;
        if (context.Request.Path != Path)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var start = KnowsRanges && context.Request.Headers.Range.SingleOrDefault() is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
        Starts.Enqueue(start);
        if (start >= _content.Length)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return;
        }

        if (start > 0)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {start}-{_content.Length - 1}/{_content.Length}";
        }

        response.ContentLength = _content.Length - start;
        if (HangUps-- > 0)
        {
            await response.Body.WriteAsync(_content.AsMemory(start, (_content.Length - start) / 2));
            await response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await response.Body.WriteAsync(_content.AsMemory(start));
    }
}
