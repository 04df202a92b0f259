using Tempera.Model.Evaluation;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class CorrelationTests
{
    [Fact]
    public void TiesShareTheMeanOfTheirRanks() =>
        Assert.Equal([3.5, 1, 3.5, 2, 5], Correlation.Ranks([7, -1, 7, 0, 9]));

    [Fact]
    public void WorkedExamples()
    {
        // Deviations (-1, 0, 1) and (-2, 1, 1): 3 / sqrt(2 * 6).
        Assert.Equal(3 / Math.Sqrt(12), Correlation.Pearson([1, 2, 3], [1, 4, 4]), 1e-15);

        // Ranks (1, 2, 3) and (1, 2.5, 2.5): deviations (-1, 0, 1) and (-1, 0.5, 0.5), 1.5 / sqrt(2 * 1.5).
        Assert.Equal(1.5 / Math.Sqrt(3), Correlation.Spearman([1, 2, 3], [1, 4, 4]), 1e-15);
    }

    [Fact]
    public void SpearmanSeesOnlyTheOrder()
    {
        Assert.Equal(1, Correlation.Spearman([1, 2, 3, 4], [Math.Exp(1), Math.Exp(2), Math.Exp(30), Math.Exp(300)]), 1e-15);
        Assert.Equal(-1, Correlation.Spearman([1, 2, 3, 4], [-1, -8, -27, -64]), 1e-15);
    }

    [Fact]
    public void LargeOffsetsDoNotCancel() =>
        Assert.Equal(Correlation.Pearson([1, 2, 4], [3, 1, 2]), Correlation.Pearson([1e9 + 1, 1e9 + 2, 1e9 + 4], [3, 1, 2]), 1e-9);

    [Fact]
    public void WhatHasNoCorrelationIsNaN()
    {
        Assert.True(double.IsNaN(Correlation.Pearson([1, 1], [1, 2])));
        Assert.True(double.IsNaN(Correlation.Spearman([1, 2, 3], [double.NaN, 2, 3])));
        Assert.True(double.IsNaN(Correlation.Spearman([], [])));
        Assert.Throws<ArgumentException>(() => Correlation.Pearson([1], [1, 2]));
    }
}
