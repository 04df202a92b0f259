using System.Net;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Tempera.Client.Chaos.Links;

/// <summary>A silo's own way to storage, which can be made slow, failing, deaf or full, and which counts what the silo gets written.</summary>
internal sealed class StorageGate : IAsyncDisposable
{
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase) { "Host", "Connection", "Keep-Alive", "Transfer-Encoding" };

    // Storage that does not answer for so long is gone.
    private static readonly TimeSpan Answering = TimeSpan.FromSeconds(60);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    private readonly WebApplication _app;
    private readonly string _target;
    private long _accepted;

    private StorageGate(int port, int target)
    {
        _target = $"http://127.0.0.1:{target}";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.Run(Pass);
        Port = port;
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>How long each write waits before it is passed on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Share 0 to 1 of writes that are answered 503 and not passed on.</summary>
    public double Failing { get; set; }

    /// <summary>What is left of the disk under storage; null for no limit. A write that does not fit is answered 500 and not passed on.</summary>
    public DiskRoom? Room { get; set; }

    /// <summary>Towards storage.</summary>
    public Valve There { get; } = new();

    /// <summary>Back to the silo.</summary>
    public Valve Back { get; } = new();

    /// <summary>Writes that changed what a reader sees and that storage accepted.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Opens a gate in front of a port of this machine.</summary>
    public static async Task<StorageGate> Open(int port, int target, CancellationToken cancellationToken)
    {
        var gate = new StorageGate(port, target);
        await gate._app.StartAsync(cancellationToken);
        return gate;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        There.Open();
        Back.Open();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task Pass(HttpContext context)
    {
        var (request, aborted) = (context.Request, context.RequestAborted);
        var isWrite = request.Method is "PUT" or "POST" or "DELETE";
        try
        {
            if (isWrite && Failing > 0 && Random.Shared.NextDouble() < Failing)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            if (isWrite && Room is { } room && !room.Take(request.ContentLength ?? 0))
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            }

            await Task.Delay(isWrite ? Delay : TimeSpan.Zero, aborted);
            await There.Passage(aborted);
            using var answer = await Send(context, aborted);
            if (isWrite && answer.IsSuccessStatusCode && IsVisible(request))
            {
                Interlocked.Increment(ref _accepted);
            }

            await Back.Passage(aborted);
            await Answer(context.Response, answer, aborted);
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException)
        {
            // Storage or the silo is gone: no answer, as on a broken line.
            context.Abort();
        }
    }

    // A block that no list commits is never seen.
    private static bool IsVisible(HttpRequest request) => request.Query["comp"] != "block";

    // Whole, and to its end though the silo be killed meanwhile: each upload that breaks off costs Azurite one of 50 places for good.
    private async Task<HttpResponseMessage> Send(HttpContext context, CancellationToken aborted)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, aborted);
        body.Position = 0;
        using var onward = Onward(context, body);
        using var limit = new CancellationTokenSource(Answering);
        return await _client.SendAsync(onward, limit.Token);
    }

    private HttpRequestMessage Onward(HttpContext context, Stream body)
    {
        var request = context.Request;
        // Exactly as it was signed.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var onward = new HttpRequestMessage(
            new HttpMethod(request.Method), new Uri(_target + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (request.ContentLength is not null)
        {
            onward.Content = new StreamContent(body);
        }

        foreach (var (name, values) in request.Headers)
        {
            if (!HopByHop.Contains(name) && !onward.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                onward.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return onward;
    }

    private static async Task Answer(HttpResponse response, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!HopByHop.Contains(name))
            {
                response.Headers[name] = values.ToArray();
            }
        }

        if (answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
        {
            await answer.Content.CopyToAsync(response.Body, cancellationToken);
        }
    }
}
