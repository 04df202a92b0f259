using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>
/// Draws an edge for each of a step's trajectories on the device, by inverting the cumulative distribution at a number of the
/// stream: the same law, and but for rounding the same edge, as every engine.
/// </summary>
internal static class EdgeChoice
{
    /// <summary>Positions of edges <c>[batch]</c>.</summary>
    /// <param name="logProbabilities"><c>[batch, edge]</c>.</param>
    /// <param name="legal"><c>[batch, edge]</c>; legal edges come first.</param>
    /// <param name="uniforms">Two numbers for each trajectory <c>[batch, 2]</c>: one against epsilon, one for the edge.</param>
    /// <param name="epsilon">Probability of a uniform edge.</param>
    public static Tensor Draw(Tensor logProbabilities, Tensor legal, Tensor uniforms, float epsilon)
    {
        var count = legal.sum(1);
        var u = uniforms.select(1, 1);

        // Rounding can leave the sum a little below u: the last edge takes what is left.
        var edge = torch.minimum(logProbabilities.exp().cumsum(1).le(u.unsqueeze(1)).sum(1), count - 1);
        return epsilon > 0
            ? torch.where(uniforms.select(1, 0).lt(epsilon), (u * count).to_type(ScalarType.Int64), edge)
            : edge;
    }
}
