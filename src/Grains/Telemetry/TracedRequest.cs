using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Tempera.Grains.Telemetry;

/// <summary>A request for rounds, and the span that asked for them: the rounds after one, up to a target, belong to its trace.</summary>
/// <param name="After">Round that was asked for before.</param>
/// <param name="Target">Last round of the request.</param>
/// <param name="TraceParent">The span, as W3C Trace Context writes it.</param>
/// <param name="TraceState">What vendors add to it, or null.</param>
internal sealed record TracedRequest(int After, int Target, string TraceParent, string? TraceState)
{
    /// <summary>Rounds of a request that lie within its trace; each later one is a trace of its own that links to it, since no viewer shows a trace of millions of spans.</summary>
    public const int RoundsWithin = 100;

    /// <summary>The span that asked; default when it cannot be read.</summary>
    [JsonIgnore]
    public ActivityContext Context => ActivityContext.TryParse(TraceParent, TraceState, isRemote: true, out var context) ? context : default;

    /// <summary>A request within a span; null without one.</summary>
    public static TracedRequest? Of(Activity? span, int after, int target) => span is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
        ? new TracedRequest(after, target, id, string.IsNullOrEmpty(span.TraceStateString) ? null : span.TraceStateString)
        : null;

    /// <summary>True for the rounds it asked for.</summary>
    public bool Covers(int round) => round > After && round <= Target;
}
