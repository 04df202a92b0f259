using System.Diagnostics;

using Tempera.Contracts.Campaigns;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Telemetry;

using Xunit;

namespace Tempera.Grains.Tests.Campaigns;

/// <summary>Which trace a round belongs to.</summary>
public sealed class CampaignTraceTests : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly TemperaTelemetry _telemetry = new();

    public CampaignTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is "Tempera" or "asking",
            Sample = static (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _telemetry.Dispose();
    }

    [Fact]
    public void A_round_belongs_to_the_request_that_raised_the_target_to_it()
    {
        using var first = Asking();
        using var second = Asking();
        var document = Document().WithCommand("a", 10, first).WithCommand("b", 5, null).WithCommand("c", 5, second);

        Assert.Equal(20, document.TargetRound);
        Assert.Equal([first.Id, first.Id, null, null, second.Id, second.Id, null], new[] { 1, 10, 11, 15, 16, 20, 21 }.Select(round => document.TraceOf(round)?.TraceParent));
    }

    [Fact]
    public void Whoever_resumes_asks_for_all_rounds_that_are_left()
    {
        using var first = Asking();
        using var second = Asking();
        var document = Document().WithCommand("a", 10, first) with { Counters = CampaignCounters.Zero with { Round = 4 } };

        Assert.Same(document, document.WithResume(null));
        var resumed = document.WithResume(second);
        Assert.Equal(new TracedRequest(4, 10, second.Id!, null), Assert.Single(resumed.Traces));
    }

    [Fact]
    public void Requests_whose_rounds_are_committed_and_all_but_the_last_are_forgotten()
    {
        var document = Document();
        using var span = Asking();
        for (var i = 0; i < CampaignDocument.MaxTraces + 5; i++)
        {
            document = document.WithCommand($"{i}", 1, span);
        }

        Assert.Equal(CampaignDocument.MaxTraces, document.Traces.Length);
        document = document with { Counters = CampaignCounters.Zero with { Round = document.TargetRound - 1 } };
        Assert.Equal(2, document.WithCommand("last", 1, span).Traces.Length);
    }

    [Fact]
    public void Later_rounds_of_a_long_request_are_traces_of_their_own_with_a_link()
    {
        using var asking = Asking();
        var request = TracedRequest.Of(asking, 50, 10_000)!;
        Activity.Current = null;

        using (var round = _telemetry.StartRound("c", 50 + TracedRequest.RoundsWithin, 1, request)!)
        {
            Assert.Equal((asking.TraceId, asking.SpanId), (round.TraceId, round.ParentSpanId));
        }

        using var later = _telemetry.StartRound("c", 51 + TracedRequest.RoundsWithin, 1, request)!;
        Assert.NotEqual(asking.TraceId, later.TraceId);
        Assert.Equal(default, later.ParentSpanId);
        Assert.Equal(asking.TraceId, Assert.Single(later.Links).Context.TraceId);
    }

    [Fact]
    public void What_was_decided_not_to_be_sampled_stays_so_for_all_rounds()
    {
        using var asking = Asking();
        asking.ActivityTraceFlags = ActivityTraceFlags.None;
        var request = TracedRequest.Of(asking, 0, 10_000)!;
        Activity.Current = null;

        using var round = _telemetry.StartRound("c", 9_999, 1, request)!;
        Assert.Equal((asking.TraceId, false), (round.TraceId, round.Recorded));
    }

    [Fact]
    public void A_round_that_nobody_asked_for_within_a_trace_begins_its_own()
    {
        Activity.Current = null;
        using var round = _telemetry.StartRound("c", 1, 2, null)!;
        Assert.Equal((default, true), (round.ParentSpanId, round.Recorded));
        Assert.Empty(round.Links);
        Assert.Equal(2L, round.GetTagItem(InstrumentNames.EpochTag));
    }

    [Fact]
    public void A_span_that_cannot_be_read_is_as_if_there_were_none()
    {
        Activity.Current = null;
        Assert.Equal(default, new TracedRequest(0, 1, "nonsense", null).Context);
        using var round = _telemetry.StartRound("c", 1, 1, new TracedRequest(0, 1, "nonsense", null))!;
        Assert.Empty(round.Links);
    }

    private static Activity Asking()
    {
        Activity.Current = null;
        using var source = new ActivitySource("asking");
        return source.StartActivity("client.discover")!;
    }

    private static CampaignDocument Document() => new()
    {
        TemperaVersion = "0",
        Id = "c",
        Specification = new CampaignSpecification { Task = "walk" },
        State = CampaignState.Created,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
