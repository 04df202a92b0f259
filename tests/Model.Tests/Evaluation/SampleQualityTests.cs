using Tempera.Model.Evaluation;
using Tempera.Model.Modes;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class SampleQualityTests
{
    private static readonly PrependAppendSpace Space = new("ACGT", 4);

    // Scores 0.1, 0.2, ..., 1 once each: at beta 0 every one has probability 0.1.
    private static readonly TargetDistribution Flat = new(
        new TestTasks.Statistics([.. Enumerable.Range(1, 10).Select(i => i / 10.0)], [.. Enumerable.Repeat(1L, 10)], []), new RewardScale(1, 1, 1));

    [Fact]
    public void AStratifiedSampleHasNoError()
    {
        var scores = Enumerable.Range(0, 1000).Select(i => (i % 10 + 1) / 10.0).ToArray();
        var quality = SampleQuality.Of(Objects(1000), scores, Flat, 0, null);

        Assert.Equal(0, quality.MeanScoreError!.Value, 1e-12);
        Assert.Equal(0, quality.QuantileError!.Value, 1e-12);
        Assert.Equal(0, quality.Distance!.AndersonDarling, 1e-9);
        Assert.Null(quality.TopDiversity);
    }

    [Fact]
    public void ASampleOfOneScoreIsAsFarAsByHand()
    {
        var quality = SampleQuality.Of(Objects(50), [.. Enumerable.Repeat(1.0, 50)], Flat, 0, null);

        Assert.Equal((1 - 0.55) / 0.55, quality.MeanScoreError!.Value, 1e-12);

        // The 5 % quantile is 0.1 with share 0.1, ..., the 95 % quantile 1 with share 1: errors 0.1, 0.1, 0.2, 0.2, ..., 0.9, 0.9, 0.
        Assert.Equal(2 * 4.5 / 19, quality.QuantileError!.Value, 1e-12);
        Assert.True(quality.Distance!.AndersonDarling > 10);
    }

    [Fact]
    public void TheBestAreDistinctAndTheirDiversityIsATrueMean()
    {
        string[] texts = ["AAAA", "AAAC", "AACC", "AAAA"];
        var objects = texts.Select(text => Space.TryParse(text, out var terminal, out _) ? terminal : default).ToArray();
        var quality = SampleQuality.Of(objects, [1, 0.5, 0.3, 1], null, 1, new LevenshteinDistance(Space));

        Assert.Equal(1.8 / 3, quality.TopScore, 1e-12);
        Assert.Equal((1 + 2 + 1) / 3.0, quality.TopDiversity!.Value, 1e-12);
        Assert.Equal((null, null, null), (quality.Distance, quality.MeanScoreError, quality.QuantileError));
        Assert.Null(SampleQuality.Diversity([objects[0]], new LevenshteinDistance(Space)));
    }

    [Fact]
    public void OnlyTheBestHundredCount()
    {
        var scores = Enumerable.Range(0, 200).Select(i => (double)i).ToArray();
        Assert.Equal(149.5, SampleQuality.Of(Objects(200), scores, null, 1, null).TopScore, 1e-12);
    }

    [Fact]
    public void SamplesNeedScores() => Assert.Throws<ArgumentException>(() => SampleQuality.Of(Objects(2), [1], null, 1, null));

    private static UInt128[] Objects(int count) => [.. Enumerable.Range(0, count).Select(i => (UInt128)(uint)i)];
}
