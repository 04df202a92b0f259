namespace Tempera.Model.Evaluation;

/// <summary>Correlation of two lists of numbers; NaN where one of them is constant or has a NaN.</summary>
public static class Correlation
{
    /// <summary>Pearson's correlation, covariance over the product of standard deviations.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"A correlation needs pairs; got {x.Length} and {y.Length} numbers. Pass lists of one length.");
        }

        // Centred on the means first: the one-pass formula cancels for log-probabilities far from 0.
        var (meanX, meanY) = (Mean(x), Mean(y));
        double xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        return Math.Clamp(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1);
    }

    /// <summary>Spearman's rank correlation: Pearson's of the ranks, ties having the mean of their ranks.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Pearson(Ranks(x), Ranks(y));

    /// <summary>Ranks from 1, ties having the mean of their ranks.</summary>
    internal static double[] Ranks(ReadOnlySpan<double> values)
    {
        var (keys, rows) = (values.ToArray(), new int[values.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        Array.Sort(keys, rows);
        var ranks = new double[keys.Length];
        if (keys.Length > 0 && double.IsNaN(keys[0]))
        {
            // Sorting puts NaN first; a list with one has no ranks.
            Array.Fill(ranks, double.NaN);
            return ranks;
        }

        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[rows[i]] = (start + end + 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
