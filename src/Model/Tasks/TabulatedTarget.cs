namespace Tempera.Model.Tasks;

/// <summary>Exact facts about a target from a table of its scores.</summary>
internal sealed class TabulatedTarget : ITargetStatistics
{
    /// <summary>Rows of one score are added up and empty rows left out; their order does not matter.</summary>
    public TabulatedTarget(IEnumerable<(double Score, long Objects, int Modes)> rows)
    {
        var table =
            rows.GroupBy(row => row.Score)
                .Select(group => (Score: group.Key, Objects: group.Sum(row => row.Objects), Modes: group.Sum(row => row.Modes)))
                .Where(row => row.Objects > 0)
                .OrderBy(row => row.Score)
                .ToArray();
        Scores = [.. table.Select(row => row.Score)];
        Counts = [.. table.Select(row => row.Objects)];
        ModeCounts = [.. table.Select(row => row.Modes)];
    }

    public IReadOnlyList<double> Scores { get; }

    public IReadOnlyList<long> Counts { get; }

    public IReadOnlyList<int> ModeCounts { get; }
}
