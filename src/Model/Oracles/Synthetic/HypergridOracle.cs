using System.Globalization;
using Tempera.Model.Spaces;

namespace Tempera.Model.Oracles.Synthetic;

/// <summary>Scores a cell of a hypergrid by <see cref="HypergridReward"/>, whether or not the state is terminal.</summary>
public sealed class HypergridOracle(HypergridSpace space, HypergridReward reward) : IOracle
{
    /// <inheritdoc/>
    public string Version { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"hypergrid/1 dims={space.Dimensions} side={space.Side} r0={reward.Base:R} r1={reward.Corner:R} r2={reward.Peak:R}");

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
    {
        for (var i = 0; i < objects.Length; i++)
        {
            var (corner, peak) = (true, true);
            for (var dimension = 0; dimension < space.Dimensions; dimension++)
            {
                var coordinate = HypergridSpace.Coordinate(objects[i], dimension);
                corner &= reward.InCorner(coordinate);
                peak &= reward.InPeak(coordinate);
            }

            scores[i] = reward.Of(corner, peak);
        }
    }
}
