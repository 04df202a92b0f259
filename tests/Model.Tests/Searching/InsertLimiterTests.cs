using Tempera.Model.Searching;
using Tempera.Model.Settings;
using Xunit;

namespace Tempera.Model.Tests.Searching;

public sealed class InsertLimiterTests
{
    private static readonly LearnerSettings Settings = new() { Batch = 32, ReplayBatch = 32, Search = new SearchSettings { Searchers = 4, InsertTolerance = 2 } };

    [Fact]
    public void TheRatioOfARunWithoutSearchersIsTheLeast()
    {
        Assert.Equal(2, new InsertLimiter(Settings).Ratio);
        Assert.Equal(5, new InsertLimiter(Settings with { Search = Settings.Search with { SamplesPerInsert = 5 } }).Ratio);
    }

    [Fact]
    public void LearningRunsAheadByTheToleranceAndNoFurther()
    {
        var limiter = new InsertLimiter(Settings);
        var rounds = 0;
        while (limiter.MayLearn(0, 32))
        {
            limiter.Count(0, 32);
            rounds++;
        }

        // Two rounds of 64 trajectories.
        Assert.Equal(4, rounds);
        Assert.True(limiter.MayLearn(32, 64));
    }

    [Fact]
    public void SearchersRunAheadByTheToleranceAndNoFurther()
    {
        var limiter = new InsertLimiter(Settings);
        var underWay = 0;
        while (limiter.MayInsert(underWay, 8))
        {
            underWay += 8;
        }

        Assert.Equal(64, underWay);
        limiter.Count(32, 64);
        Assert.True(limiter.MayInsert(32, 32));
        Assert.False(limiter.MayInsert(32, 40));
    }
}
