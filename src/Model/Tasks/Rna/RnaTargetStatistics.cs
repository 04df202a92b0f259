using Tempera.Model.Oracles.Rna;

namespace Tempera.Model.Tasks.Rna;

/// <summary>Exact facts about the target density of an RNA binding task, from the enumerated <see cref="RnaLandscape"/>.</summary>
public sealed class RnaTargetStatistics : ITargetStatistics
{
    /// <summary>Turns energies into scores.</summary>
    public RnaTargetStatistics(RnaTarget target, RnaLandscape landscape)
    {
        // A low energy is a high score.
        Scores = [.. landscape.Energies.Reverse().Select(target.Fitness)];
        Counts = [.. landscape.Counts.Reverse()];
        ModeCounts = [.. landscape.ModeCounts.Reverse()];
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Scores { get; }

    /// <inheritdoc/>
    public IReadOnlyList<long> Counts { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> ModeCounts { get; }
}
