using Tempera.Client.Running;

namespace Tempera.Client.Benchmarking;

/// <summary>Mean and standard error of a figure over seeds.</summary>
/// <param name="Mean">Mean; NaN without values.</param>
/// <param name="StandardError">Sample standard deviation over the root of the count; NaN below two values.</param>
/// <param name="Count">Values there were.</param>
/// <param name="Missing">Runs without the figure, for example because they never found half of the modes.</param>
internal readonly record struct Statistic(double Mean, double StandardError, int Count, int Missing)
{
    /// <summary>Summarises the values of some runs; a run that has none is counted as missing.</summary>
    public static Statistic Of<T>(IEnumerable<T> runs, Func<T, double?> figure)
    {
        var all = runs.Select(figure).ToList();
        var values = all.Where(static value => value is { } number && double.IsFinite(number)).Select(static value => value!.Value).ToList();
        if (values.Count == 0)
        {
            return new(double.NaN, double.NaN, 0, all.Count);
        }

        var mean = values.Average();
        var error = values.Count < 2 ? double.NaN : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) / values.Count);
        return new(mean, error, values.Count, all.Count - values.Count);
    }

    /// <summary>Mean ± standard error; how many runs have no such figure is said, because a mean over the others flatters.</summary>
    public override string ToString() => (Count, Missing) switch
    {
        (0, _) => "–",
        (1, 0) => Figures.Number(Mean),
        (_, 0) => Figures.Measured(Mean, StandardError),
        _ => $"{Count} of {Count + Missing} runs: {Figures.Number(Mean)}",
    };
}
