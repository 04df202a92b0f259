using Tempera.Model.Random;

namespace Tempera.Model.Engines;

/// <summary>
/// An engine whose parameters live on a device, and which can draw and learn there while the host goes on: what is drawn comes
/// back with <see cref="Fetch"/>, what was learned with <see cref="IResidentSteps.Collect"/>.
/// </summary>
public interface IResidentEngine : IPolicyEngine
{
    /// <summary>Steps of an objective that never leave the device; null where this engine or objective has none.</summary>
    /// <param name="objective">Name of the objective.</param>
    /// <param name="huber">Residual beyond which trajectory balance goes on as a line; 0 squares all.</param>
    /// <param name="optimizers">Optimisers of P_F, P_B and log Z.</param>
    IResidentSteps? Reside(string objective, double huber, IReadOnlyList<IAdamState> optimizers);

    /// <summary>As <see cref="IPolicyEngine.SampleForward"/>, but the batch on the host is undefined until <see cref="Fetch"/>.</summary>
    void DrawForward(TrajectoryBatch batch, float epsilon, RandomStream random);

    /// <summary>As <see cref="IPolicyEngine.SampleBackward"/>, but the batch on the host is undefined until <see cref="Fetch"/>.</summary>
    void DrawBackward(TrajectoryBatch batch, ReadOnlySpan<UInt128> objects, RandomStream random);

    /// <summary>Waits for a drawn batch and writes it to the host.</summary>
    void Fetch(TrajectoryBatch batch);
}
