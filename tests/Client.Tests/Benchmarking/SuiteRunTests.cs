using Tempera.Client.Benchmarking;
using Tempera.Client.Reporting;
using Tempera.Contracts.Campaigns;

using Xunit;

namespace Tempera.Client.Tests.Benchmarking;

public sealed class SuiteRunTests
{
    [Theory]
    [InlineData(5, 0.0)]
    [InlineData(10, 1.0)]
    [InlineData(25, 3.0)]
    [InlineData(30, 4.0)]
    [InlineData(31, null)]
    public void ModesAtEqualNumbersOfCallsAreUnknownBeyondTheEnd(long calls, double? modes)
    {
        CampaignEvent[] rounds = [Round(1, 10, 1), Round(2, 20, 3), Round(3, 30, 4)];
        var run = new SuiteRun(new SuiteTask("tfbind8", 3), SuiteArm.Of("arm"), 0)
        {
            Snapshot = new CampaignSnapshot
            {
                Id = "c",
                State = CampaignState.Completed,
                OracleCalls = 30,
            },
            Discovery = new Discovery(null, null, null),
            Trace = EventTrace.Of(rounds, 3),
            Evaluations = [],
            IsResumed = false,
            Seconds = 0,
        };

        Assert.Equal(modes, run.ModesAt(calls));
    }

    private static CampaignEvent Round(int round, long calls, int modes) => new()
    {
        Kind = CampaignEventKinds.Round,
        Round = round,
        OracleCalls = calls,
        Modes = modes,
    };
}
