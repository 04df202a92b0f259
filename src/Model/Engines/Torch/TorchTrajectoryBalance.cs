using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>L = 1/B sum_b ( log Z + sum_t log P_F - beta log R(x) - sum_t log P_B )^2. See <see cref="Objectives.TrajectoryBalance"/>.</summary>
internal sealed class TorchTrajectoryBalance(double huber) : ITorchObjective
{
    /// <summary>The device's form of an objective by name, or null.</summary>
    public static ITorchObjective? Find(string objective, double huber) => objective == "tb" ? new TorchTrajectoryBalance(huber) : null;

    /// <inheritdoc/>
    public Tensor Loss(TorchTerms terms, Tensor logZ, Tensor logTarget)
    {
        var steps = (terms.Forward.to_type(ScalarType.Float64) - terms.Backward).sum(1);
        var residual = logZ + steps - logTarget;
        var pull = huber > 0 ? residual.clamp(-huber, huber) : residual;
        return (pull * ((2 * residual) - pull)).mean();
    }
}
