using Tempera.Model.Evaluation;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

public sealed class LogMathTests
{
    [Theory]
    [InlineData(1e-300, 1e-300, 1e-300)]
    [InlineData(1e-10, 9.9999999995e-11, 1.00000000005e-10)]
    [InlineData(0.5, 0.40546510810816438, 0.64872127070012815)]
    [InlineData(-0.5, -0.69314718055994531, -0.39346934028736658)]
    [InlineData(-1e-18, -1e-18, -1e-18)]
    public void LogarithmAndExponentialAreAccurateNearZero(double x, double log, double exponential)
    {
        Assert.Equal(1, LogMath.LogP1(x) / log, 1e-14);
        Assert.Equal(1, LogMath.ExpM1(x) / exponential, 1e-14);
    }

    [Fact]
    public void ExtremesAreTheLimits()
    {
        Assert.Equal(double.NegativeInfinity, LogMath.LogP1(-1));
        Assert.Equal(-1, LogMath.ExpM1(-1000));
        Assert.Equal(-1, LogMath.ExpM1(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, LogMath.ExpM1(1000));
        Assert.Equal(double.NegativeInfinity, LogMath.LogAdd(double.NegativeInfinity, double.NegativeInfinity));
        Assert.Equal(-3, LogMath.LogAdd(double.NegativeInfinity, -3));
        Assert.Equal(1000 + Math.Log(2), LogMath.LogAdd(1000, 1000), 1e-12);
        Assert.True(double.IsNaN(LogMath.LogAdd(double.NaN, 0)) && double.IsNaN(LogMath.LogAdd(0, double.NaN)));
        Assert.Equal(double.NegativeInfinity, LogMath.LogSumExp([]));
        Assert.Equal(-1000 + Math.Log(3), LogMath.LogSumExp([-1000, -1000, -1000]), 1e-12);
    }

    [Fact]
    public void FactorialsAgreeWithTheSumOfLogarithms()
    {
        var sum = 0.0;
        for (var n = 1; n < 2000; n++)
        {
            sum += Math.Log(n);
            Assert.Equal(sum, LogMath.LogFactorial(n), 1e-11 * Math.Max(1, sum));
        }

        Assert.Equal(0, LogMath.LogFactorial(0));
    }
}
