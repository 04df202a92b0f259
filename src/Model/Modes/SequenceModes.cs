using Tempera.Model.Oracles;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Model.Modes;

/// <summary>Our definitions of a mode for sequences in spaces too large to list, decided for one object at a time.</summary>
public static class SequenceModes
{
    /// <summary>The rule of a choice; it scores the objects near the one it is asked about.</summary>
    /// <param name="choice"><c>local</c> or <c>cluster</c>, with a Hamming distance.</param>
    /// <param name="space">The space.</param>
    /// <param name="oracle">Scores neighbours, which are not oracle calls of a campaign.</param>
    /// <param name="statistics">Number of objects at each score, which gives the threshold of the best q %.</param>
    /// <exception cref="Settings.SettingException">The best q % are none.</exception>
    public static IModeRule OnTheFly(ModeChoice choice, IDesignSpace space, IOracle oracle, ITargetStatistics statistics)
    {
        var (threshold, reach, definition) = (TopScore.Of(statistics, choice), (int)choice.Reach, choice.Describe("Hamming distance"));
        return choice.Kind == ModeKind.Local
            ? new NeighbourhoodModeRule(space, oracle, threshold, strict: true, definition, radius: reach)
            : new GreedyModeRule(space, oracle, threshold, definition, distance: reach);
    }
}
