using Tempera.Client.Running;
using Tempera.Client.Tests.Fakes;
using Tempera.Contracts.Campaigns;
using Xunit;

using Xunit;

namespace Tempera.Client.Tests.Running;

public sealed class ProgressTrackerTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void RateAndTimeLeftFollowTheLastSeconds()
    {
        var tracker = Tracker(1000);
        for (var round = 1; round <= 400; round++)
        {
            _clock.Advance(TimeSpan.FromSeconds(round <= 200 ? 1 : 0.1));
            tracker.Apply(ScriptedCampaign.Round(round));
        }

        Assert.Equal(10, tracker.Rate!.Value, 6);
        Assert.Equal(60, tracker.Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void RateIsUnknownAtFirst()
    {
        var tracker = Tracker(10);
        tracker.Apply(ScriptedCampaign.Round(1));

        Assert.Null(tracker.Rate);
        Assert.Null(tracker.Left);
    }

    [Fact]
    public void HistoryStaysBoundedAndAscending()
    {
        var tracker = Tracker(1_000_000);
        for (var round = 1; round <= 100_000; round++)
        {
            tracker.Apply(ScriptedCampaign.Round(round));
        }

        Assert.InRange(tracker.History.Count, 128, 512);
        Assert.Equal(tracker.History.OrderBy(static point => point.Round), tracker.History);
        Assert.InRange(tracker.History[^1].Round, 99_000, 100_000);
    }

    [Fact]
    public void PastEventsShapeTheHistoryButNotTheRate()
    {
        var tracker = Tracker(100);
        for (var round = 1; round <= 50; round++)
        {
            tracker.Remember(ScriptedCampaign.Round(round));
        }

        Assert.Equal(50, tracker.History.Count);
        Assert.Null(tracker.Rate);
    }

    private ProgressTracker Tracker(int target) => new(new RunOverview
    {
        Task = new ScriptedEngine().Tasks()[0],
        Specification = new CampaignSpecification { Task = "rna1" },
        Directory = "/d",
        DisplayDirectory = "d",
        TargetRound = target,
    }, _clock);
}
