using Tempera.Client.Benchmarking;

using Xunit;

namespace Tempera.Client.Tests.Benchmarking;

public sealed class StatisticTests
{
    [Fact]
    public void MeanAndStandardError()
    {
        // Sample standard deviation of 1, 2, 6 is sqrt(7), over sqrt(3).
        var statistic = Statistic.Of([1.0, 2.0, 6.0], static value => value);

        Assert.Equal(3, statistic.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(7.0 / 3), statistic.StandardError, 1e-12);
    }

    [Fact]
    public void RunsWithoutTheFigureAreCountedAndSaid()
    {
        var statistic = Statistic.Of(new double?[] { 4, null, 6, double.NaN }, static value => value);

        Assert.Equal((5.0, 2, 2), (statistic.Mean, statistic.Count, statistic.Missing));
        Assert.Equal("2 of 4 runs: 5", statistic.ToString());
    }

    [Theory]
    [InlineData(new double[0], "–")]
    [InlineData(new[] { 7.0 }, "7")]
    [InlineData(new[] { 7.0, 7.0 }, "7 ± 0")]
    [InlineData(new[] { 11_026.0, 11_174.0 }, "11,100 ± 74")]
    [InlineData(new[] { 15_000.0, 17_084.0 }, "16,042 ± 1,042")]
    [InlineData(new[] { 0.22, 0.2284 }, "0.2242 ± 0.0042")]
    [InlineData(new[] { 1e-5, 3e-5 }, "2e-5 ± 1e-5")]
    public void FewValues(double[] values, string expected) => Assert.Equal(expected, Statistic.Of(values, static value => value).ToString());
}
