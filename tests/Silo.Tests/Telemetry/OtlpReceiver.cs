using System.Collections.Concurrent;

using Google.Protobuf;

using Microsoft.AspNetCore.Http;

namespace Tempera.Silo.Tests.Telemetry;

/// <summary>A test double of a collector: takes OTLP over HTTP with protobuf bodies and keeps the decoded names.</summary>
/// <remarks>Field numbers are those of opentelemetry/proto/{collector,trace,metrics,logs,resource}/v1.</remarks>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly Lock _one = new();
    private readonly LoopbackServer _server;

    public OtlpReceiver() => _server = new LoopbackServer(Receive);

    public string Endpoint => _server.Address.GetLeftPart(UriPartial.Authority);

    public ConcurrentBag<OtlpSpan> Spans { get; } = [];

    public ConcurrentBag<(string Scope, string Name)> Metrics { get; } = [];

    public ConcurrentBag<(string Scope, string Body)> Logs { get; } = [];

    public ConcurrentDictionary<string, string> Resource { get; } = [];

    public ConcurrentBag<string> Paths { get; } = [];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Receive(HttpContext context)
    {
        var request = new OtlpMessage(await ByteString.FromStreamAsync(context.Request.Body, context.RequestAborted));
        lock (_one)
        {
            Keep(context.Request.Path, request);
        }

        context.Response.ContentType = "application/x-protobuf";
    }

    private void Keep(string path, OtlpMessage request)
    {
        Paths.Add(path);
        foreach (var group in request.Messages(1))
        {
            var resource = group.Messages(1).SelectMany(static resource => resource.Messages(1)).ToList();
            foreach (var attribute in resource)
            {
                Resource[attribute.Text(1)] = attribute.Messages(2).Single().Text(1);
            }

            var instance = Text(resource, "service.instance.id") ?? "";

            foreach (var scoped in group.Messages(2))
            {
                var scope = scoped.Messages(1).Single().Text(1);
                foreach (var item in scoped.Messages(2))
                {
                    KeepItem(path, scope, item, instance);
                }
            }
        }
    }

    private static OtlpMessage? Attribute(IEnumerable<OtlpMessage> attributes, string key) =>
        attributes.FirstOrDefault(attribute => attribute.Text(1) == key)?.Messages(2).Single();

    private static string? Text(IEnumerable<OtlpMessage> attributes, string key) => Attribute(attributes, key)?.Text(1);

    private void KeepItem(string path, string scope, OtlpMessage item, string instance)
    {
        switch (path)
        {
            case "/v1/traces":
                Spans.Add(new OtlpSpan(scope, item.Text(5), item.Hex(1), Text(item.Messages(9), "tempera.campaign"))
                {
                    Id = item.Hex(2),
                    Parent = item.Hex(4),
                    Instance = instance,
                    Round = (int?)Attribute(item.Messages(9), "tempera.round")?.Number(3),
                    Epoch = Attribute(item.Messages(9), "tempera.epoch")?.Number(3),
                    Links = [.. item.Messages(13).Select(static link => link.Hex(1))],
                });
                break;
            case "/v1/metrics":
                Metrics.Add((scope, item.Text(1)));
                break;
            case "/v1/logs":
                Logs.Add((scope, item.Messages(5).Single().Text(1)));
                break;
            default:
                throw new InvalidOperationException($"OTLP has no path '{path}'.");
        }
    }
}

/// <summary>A span as it was received.</summary>
/// <param name="Scope">Name of its source.</param>
/// <param name="Name">Name.</param>
/// <param name="Trace">Trace id.</param>
/// <param name="Campaign">Value of the tag <c>tempera.campaign</c>.</param>
internal sealed record OtlpSpan(string Scope, string Name, string Trace, string? Campaign)
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the span it lies in; empty for a root.</summary>
    public required string Parent { get; init; }

    /// <summary>The process it came from.</summary>
    public required string Instance { get; init; }

    /// <summary>Value of the tag <c>tempera.round</c>.</summary>
    public int? Round { get; init; }

    /// <summary>Value of the tag <c>tempera.epoch</c>.</summary>
    public long? Epoch { get; init; }

    /// <summary>Traces it links to.</summary>
    public required IReadOnlyList<string> Links { get; init; }
}
