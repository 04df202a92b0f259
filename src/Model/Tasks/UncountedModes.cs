namespace Tempera.Model.Tasks;

/// <summary>Statistics of a target under a definition of a mode whose modes nobody has counted.</summary>
internal sealed class UncountedModes(ITargetStatistics statistics) : ITargetStatistics
{
    public IReadOnlyList<double> Scores => statistics.Scores;

    public IReadOnlyList<long> Counts => statistics.Counts;

    public IReadOnlyList<int> ModeCounts => [];
}
