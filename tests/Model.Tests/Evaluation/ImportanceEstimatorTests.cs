using Tempera.Model.Evaluation;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class ImportanceEstimatorTests
{
    [Fact]
    public void ConvergesToTheExactDistribution()
    {
        var space = new PrependAppendSpace("ACG", 4);
        var engine = new TabularEngine(space, TabularEngine.Rough(1), TabularEngine.Rough(0.5, salt: 1), _ => 0);
        var exact = new ExactDistribution(space);
        var logP = exact.LogProbabilities(engine, 1);
        var (few, many) = (Error(4), Error(400));

        // Root mean square error s / sqrt(K) with s about 1, the spread of the weights.
        Assert.InRange(many, 0, 0.06);
        Assert.True(many < few / 4, $"the error fell from {few} to {many} only");

        double Error(int trajectories) => Math.Sqrt(new ImportanceEstimator(space, trajectories)
            .LogProbabilities(engine, exact.Objects.Span, 1, 5).Zip(logP, (a, b) => (a - b) * (a - b)).Average());
    }

    [Fact]
    public void OneTrajectoryIsExactWhereOnlyOneExists()
    {
        var space = new AppendSpace("01", 7);
        var engine = new TabularEngine(space, TabularEngine.Rough(2), TabularEngine.Rough(1), _ => 0);
        var exact = new ExactDistribution(space);
        var estimates = new ImportanceEstimator(space, 1).LogProbabilities(engine, exact.Objects.Span, 1.5f, 3);
        Assert.All(estimates.Zip(exact.LogProbabilities(engine, 1.5f)), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    public void AnEstimateDoesNotDependOnTheObjectsAfterIt()
    {
        var space = new PrependAppendSpace("ACG", 4);
        var engine = TabularEngine.Uniform(space);
        var objects = space.EnumerateObjects().Take(40).ToArray();
        var all = new ImportanceEstimator(space).LogProbabilities(engine, objects, 1, 9);
        Assert.Equal(all[..17], new ImportanceEstimator(space).LogProbabilities(engine, objects.AsSpan(0, 17), 1, 9));
        Assert.NotEqual(all, new ImportanceEstimator(space).LogProbabilities(engine, objects, 1, 10));
        Assert.Empty(new ImportanceEstimator(space).LogProbabilities(engine, [], 1, 9));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_001)]
    public void AbsurdNumbersOfTrajectoriesAreRefused(int trajectories) =>
        Assert.Throws<ArgumentException>(() => new ImportanceEstimator(new AppendSpace("01", 3), trajectories));
}
