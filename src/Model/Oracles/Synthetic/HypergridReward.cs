namespace Tempera.Model.Oracles.Synthetic;

/// <summary>
/// The corner reward of the hypergrid of side H: with u = |x / (H - 1) - 1/2| in every dimension,
/// R(x) = r0 + r1 prod [1/4 &lt; u] + r2 prod [3/10 &lt; u &lt; 2/5].
/// </summary>
/// <remarks>
/// The bounds are compared in whole numbers, so no rounding decides about a cell on one. Bengio et al. 2021
/// (arXiv 2106.04399), section 4.1.
/// </remarks>
/// <param name="Side">H, at least 2.</param>
/// <param name="Base">r0, the reward of every cell.</param>
/// <param name="Corner">r1, added in the corners.</param>
/// <param name="Peak">r2, added in the peaks inside the corners: the modes.</param>
public sealed record HypergridReward(int Side, double Base, double Corner, double Peak)
{
    /// <summary>True when a coordinate satisfies 1/4 &lt; u.</summary>
    public bool InCorner(int coordinate) => 2 * DoubledOffset(coordinate) > Side - 1;

    /// <summary>True when a coordinate satisfies 3/10 &lt; u &lt; 2/5.</summary>
    public bool InPeak(int coordinate) =>
        5 * DoubledOffset(coordinate) > 3 * (Side - 1) && 5 * DoubledOffset(coordinate) < 4 * (Side - 1);

    /// <summary>R from the two indicators.</summary>
    public double Of(bool corner, bool peak) => Base + (corner ? Corner : 0) + (peak ? Peak : 0);

    /// <summary>2 (H - 1) u.</summary>
    private int DoubledOffset(int coordinate) => Math.Abs(2 * coordinate - (Side - 1));
}
