using Tempera.Model.Spaces;

namespace Tempera.Model.Modes;

/// <summary>The objects at Hamming distance 1 to r from an object, nearest first.</summary>
internal static class HammingBall
{
    public static UInt128[] Around(IDesignSpace space, UInt128 centre, int radius)
    {
        var neighbours = new UInt128[space.MaxNeighbours];
        if (radius == 1)
        {
            return neighbours[..space.GetNeighbours(centre, neighbours)];
        }

        var (seen, ball, shell) = (new HashSet<UInt128> { centre }, new List<UInt128>(), new List<UInt128> { centre });
        for (var distance = 1; distance <= radius; distance++)
        {
            var next = new List<UInt128>();
            foreach (var terminal in shell)
            {
                foreach (var neighbour in neighbours.AsSpan(0, space.GetNeighbours(terminal, neighbours)))
                {
                    if (seen.Add(neighbour))
                    {
                        next.Add(neighbour);
                    }
                }
            }

            ball.AddRange(next);
            shell = next;
        }

        return [.. ball];
    }
}
