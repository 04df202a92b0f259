namespace Tempera.Silo.Tools.Benchmarking;

/// <summary>Summaries of timings.</summary>
internal static class Statistics
{
    /// <summary>The middle value; of an even number the mean of the middle two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
