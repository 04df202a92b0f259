using Tempera.Client.Reporting.Charts;
using Xunit;

using Xunit;

namespace Tempera.Client.Tests.Reporting;

public sealed class AxisScaleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 7e5)]
    [InlineData(0.999, 1.001)]
    [InlineData(1e-9, 2e-9)]
    public void LinearTicksAreRoundFewAndInside(double low, double high)
    {
        var scale = new AxisScale(new Axis("x"), [low, high], 0, 100, grow: true);

        Assert.InRange(scale.Ticks.Count, 3, 10);
        Assert.All(scale.Ticks, tick => Assert.InRange(scale.Position(tick), 0, 100));
        Assert.True(scale.Minimum <= low + 1e-12 && scale.Maximum >= high - 1e-12);
        var step = scale.Ticks[1] - scale.Ticks[0];
        var lead = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
        Assert.Contains(Math.Round(lead, 3), new[] { 1.0, 2, 5, 10 });
    }

    [Fact]
    public void LogScaleIsEvenInDecades()
    {
        var scale = new AxisScale(new Axis("x", Log: true), [1, 10000], 0, 100, grow: true);

        Assert.Equal([1, 10, 100, 1000, 10000], scale.Ticks.Select(static tick => Math.Round(tick, 9)));
        Assert.Equal([0, 25, 50, 75, 100], scale.Ticks.Select(tick => Math.Round(scale.Position(tick), 6)));
        Assert.False(scale.Shows(0));
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 5.0 })]
    [InlineData(new[] { double.NaN, 0.0 })]
    public void DegenerateDataStillHaveAnAxis(double[] values)
    {
        var scale = new AxisScale(new Axis("x"), values, 0, 100, grow: true);

        Assert.True(scale.Maximum > scale.Minimum);
        Assert.NotEmpty(scale.Ticks);
    }
}
