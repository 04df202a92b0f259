using Tempera.Client.Running;
using Xunit;

using Xunit;

namespace Tempera.Client.Tests.Running;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.0545394800017345, "1.0545")]
    [InlineData(-12.34567, "-12.346")]
    [InlineData(123456.7, "123457")]
    [InlineData(1234567.0, "1.235e6")]
    [InlineData(0.00012346, "1.235e-4")]
    [InlineData(double.NaN, "-")]
    public void NumbersAreShort(double value, string expected) => Assert.Equal(expected, Figures.Number(value));

    [Theory]
    [InlineData(0.25, "0.3 s")]
    [InlineData(59, "59 s")]
    [InlineData(61, "1 min 01 s")]
    [InlineData(7260, "2 h 01 min")]
    [InlineData(90000, "1 d 1 h")]
    public void DurationsHaveTwoUnits(double seconds, string expected) => Assert.Equal(expected, Figures.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void SparklineRisesWithItsPoints() =>
        Assert.Equal("▂▃▄▅▆▇█", Figures.Sparkline([.. Enumerable.Range(0, 8).Select(static i => (i, i))], 7));

    [Theory]
    [InlineData(28, "268,435,456")]
    [InlineData(100, "10^30.1")]
    public void SpacesAreCountedOrPowersOfTen(int bits, string expected) => Assert.Equal(expected, Figures.SpaceSize(bits * Math.Log(2)));
}
