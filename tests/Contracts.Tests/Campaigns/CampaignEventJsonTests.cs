using System.Text;
using System.Text.Json;

using Tempera.Contracts.Campaigns;

using Xunit;

namespace Tempera.Contracts.Tests.Campaigns;

public sealed class CampaignEventJsonTests
{
    private static readonly CampaignEvent Round = new()
    {
        Kind = CampaignEventKinds.Round,
        Sequence = 3,
        Round = 3,
        OracleCalls = 96,
        Modes = 1,
        BestScore = 1.0545394800017345,
        MeanScore = 0.1,
        BetaMin = 1.1f,
        BetaMax = 2.9f,
        Loss = 1e-30,
        ReplayLoss = 2.5,
        LogZ = -3.25,
        ClampedShare = 0.5,
        GradientNorm = 12,
        SkippedSteps = 4,
        ReplayObjects = 96,
        BestObject = "GGGGGCCCCGCGCG",
        Seconds = 1.5,
        CpuSeconds = 2.5,
    };

    [Fact]
    public void ARoundIsReadBackExactly() => Assert.Equal(Round, Again(Round));

    [Fact]
    public void WhatSearchersFoundIsReadBackAndNotWrittenWithoutThem()
    {
        var searched = Round with { Searched = 8, PolicyAge = 3, SearchesUnderWay = 12 };

        Assert.Equal(searched, Again(searched));
        Assert.Equal(searched with { PolicyAge = null }, Again(searched with { PolicyAge = null }));
        Assert.DoesNotContain("searche", CampaignEventJson.Write(Round), StringComparison.Ordinal);
    }

    [Fact]
    public void ALossThatIsNoNumberIsReadBackAsNone() => Assert.True(double.IsNaN(Again(Round with { ReplayLoss = double.NaN }).ReplayLoss));

    [Theory]
    [InlineData("event")]
    [InlineData("round")]
    [InlineData("oracle_calls")]
    [InlineData("modes")]
    [InlineData("best_score")]
    [InlineData("mean_score")]
    [InlineData("beta_min")]
    [InlineData("beta_max")]
    [InlineData("loss")]
    [InlineData("log_z")]
    [InlineData("seconds")]
    [InlineData("cpu_seconds")]
    public void ALineHasThePromisedKey(string key)
    {
        using var line = JsonDocument.Parse(CampaignEventJson.Write(Round));

        Assert.True(line.RootElement.TryGetProperty(key, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"event\":\"round\",\"round\":\"three\"}")]
    public void OtherTextIsRefused(string line) => Assert.ThrowsAny<JsonException>(() => CampaignEventJson.Read(Encoding.UTF8.GetBytes(line)));

    private static CampaignEvent Again(CampaignEvent e) => CampaignEventJson.Read(Encoding.UTF8.GetBytes(CampaignEventJson.Write(e)));
}
