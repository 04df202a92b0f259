using Tempera.Model.Oracles.Synthetic;
using Tempera.Model.Spaces;

namespace Tempera.Model.Tasks.Synthetic;

/// <summary>The modes of a hypergrid: the cells where the r2 term of its reward is active.</summary>
internal sealed class PeakModeRule(HypergridSpace space, HypergridReward reward, long? count) : IModeRule
{
    public string Definition => "peak: 3/10 < |x / (H - 1) - 1/2| < 2/5 in every dimension";

    public int? KnownCount => count is { } known and <= int.MaxValue ? (int)known : null;

    public bool IsMode(UInt128 terminal, double score)
    {
        for (var dimension = 0; dimension < space.Dimensions; dimension++)
        {
            if (!reward.InPeak(HypergridSpace.Coordinate(terminal, dimension)))
            {
                return false;
            }
        }

        return true;
    }
}
