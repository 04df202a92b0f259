using Tempera.Model.Evaluation;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class PerfectSamplerTests
{
    private static readonly RewardScale Scale = new(1, 1, 1);

    [Fact]
    public void TwoObjectsByHand()
    {
        // p = 1/4 and 3/4; after two draws: (1 - 9/16) + (1 - 1/16).
        var sampler = new PerfectSampler(new TestTasks.Statistics([0.25, 0.75], [1, 1], [1, 0]), Scale, 1);
        Assert.Equal(7 / 16.0 + 15 / 16.0, sampler.ExpectedUnique(2), 1e-14);
        Assert.Equal(7 / 16.0, sampler.ExpectedModes(2), 1e-14);
        Assert.Equal(0, sampler.ExpectedUnique(0));
        Assert.Equal(1, sampler.ExpectedUnique(1), 1e-14);

        // 1 - 0.75^n >= 0.9 first at n = 9: 0.75^8 = 0.1001, 0.75^9 = 0.0751.
        Assert.Equal(9, sampler.DrawsToModeShare(0.9));
        Assert.Equal(3, sampler.DrawsToModeShare(0.5));
        Assert.Equal(1, sampler.DrawsToModeShare(0.2));
    }

    [Fact]
    public void AMixtureOfBetasDrawsFromTheMeanOfTheTargets()
    {
        // beta 0: 1/2, 1/2; beta 1: 1/4, 3/4; so 3/8 and 5/8.
        var sampler = new PerfectSampler(new TestTasks.Statistics([0.25, 0.75], [1, 1], [0, 1]), Scale, 0, 1);
        Assert.Equal(5 / 8.0, sampler.ExpectedModes(1), 1e-14);
        Assert.Equal(2 - 9 / 64.0 - 25 / 64.0, sampler.ExpectedUnique(2), 1e-14);
    }

    [Fact]
    public void UniformDrawsFromAllEightMersReachTheKnownCounts()
    {
        var sampler = new PerfectSampler(new TestTasks.Statistics([0.5, 1], [65_208, 328], [0, 328]), Scale, 0);
        Assert.Equal(204.5, sampler.ExpectedModes(64_000), 0.05);
        Assert.Equal(45_426, sampler.DrawsToModeShare(0.5));
        Assert.Equal(150_902, sampler.DrawsToModeShare(0.9));
    }

    [Fact]
    public void RareObjectsDoNotCancel()
    {
        var sampler = new PerfectSampler(new TestTasks.Statistics([1], [1_000_000_000_000_000_000], [1]), Scale, 0);
        Assert.Equal(1000, sampler.ExpectedUnique(1000), 1e-9);
        Assert.Equal(1e-15, sampler.ExpectedModes(1000), 1e-27);
    }

    [Fact]
    public void WhatCannotBeReachedIsNull()
    {
        Assert.Null(new PerfectSampler(new TestTasks.Statistics([0.5, 1], [9, 1], [0, 0]), Scale, 1).DrawsToModeShare(0.5));
        Assert.Null(new PerfectSampler(new TestTasks.Statistics([0.001, 1], [1, 1], [1, 0]), Scale, 5000).DrawsToModeShare(0.5));
        Assert.Throws<ArgumentException>(() => new PerfectSampler(new TestTasks.Statistics([1], [1], [1]), Scale, 1).DrawsToModeShare(1));
        Assert.Throws<ArgumentException>(() => new PerfectSampler(new TestTasks.Statistics([1], [1], [1]), Scale));
    }
}
