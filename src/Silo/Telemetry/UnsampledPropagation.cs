using System.Diagnostics;

namespace Tempera.Silo.Telemetry;

/// <summary>
/// Carries along that a trace is not sampled. Orleans carries only what is: the callee would take an unsampled request for one of no trace, and decide anew.
/// </summary>
internal sealed class UnsampledPropagation : IOutgoingGrainCallFilter
{
    private const string TraceParent = "traceparent";

    /// <inheritdoc/>
    public Task Invoke(IOutgoingGrainCallContext context) =>
        Activity.Current is { Recorded: false, IdFormat: ActivityIdFormat.W3C } unsampled ? Invoke(context, unsampled) : context.Invoke();

    // Asynchronous, so that what it sets ends with the call.
    private static async Task Invoke(IOutgoingGrainCallContext context, Activity unsampled)
    {
        RequestContext.Set(TraceParent, unsampled.Id!);
        await context.Invoke();
    }
}
