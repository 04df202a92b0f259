namespace Tempera.Model.Evaluation;

/// <summary>Functions of logarithms that stay accurate where the plain formulas cancel or overflow.</summary>
internal static class LogMath
{
    /// <summary>log(exp a + exp b).</summary>
    public static double LogAdd(double a, double b)
    {
        var (low, high) = a < b ? (a, b) : (b, a);
        return double.IsInfinity(high) ? high : high + LogP1(Math.Exp(low - high));
    }

    /// <summary>log sum_i exp x_i; -infinity where there is nothing to sum.</summary>
    public static double LogSumExp(ReadOnlySpan<double> values)
    {
        var most = double.NegativeInfinity;
        foreach (var value in values)
        {
            most = Math.Max(most, value);
        }

        if (!double.IsFinite(most))
        {
            return most;
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp(value - most);
        }

        return most + Math.Log(sum);
    }

    /// <summary>log(1 + x), accurate near 0. The error of the rounded 1 + x cancels in the quotient (Kahan).</summary>
    public static double LogP1(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    /// <summary>exp(x) - 1, accurate near 0. The error of the rounded exponential cancels in the quotient (Kahan).</summary>
    public static double ExpM1(double x)
    {
        var u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    /// <summary>log n!: exact products below 20, then Stirling's series to 1e-14.</summary>
    public static double LogFactorial(long n)
    {
        if (n >= 20)
        {
            var (x, inverse) = (n + 1.0, 1 / (n + 1.0));
            var square = inverse * inverse;
            return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
        }

        var product = 1.0;
        for (var i = 2; i <= n; i++)
        {
            product *= i;
        }

        return Math.Log(product);
    }
}
