namespace Tempera.Model.Engines;

/// <summary>
/// Gradient steps taken on a device: terms, loss, gradients, clipping and Adam without the host. A step whose loss or gradient is
/// not finite changes nothing. The host's copy of weights and moments is old until <see cref="Download"/>.
/// </summary>
public interface IResidentSteps : IDisposable
{
    /// <summary>Asks for a step on a batch; returns before it is taken.</summary>
    /// <param name="batch">The batch, drawn by the same engine.</param>
    /// <param name="logRewards">log R(x) of each trajectory.</param>
    /// <param name="rateShare">Share of the step sizes to use.</param>
    void Take(TrajectoryBatch batch, ReadOnlySpan<double> logRewards, double rateShare);

    /// <summary>Waits, once, for the steps taken since the last call and says what they did, in order.</summary>
    /// <param name="beta">Beta at which to read log Z.</param>
    /// <param name="drawn">A batch drawn meanwhile, which is written to the host on the same occasion; null for none.</param>
    ResidentReport Collect(float beta, TrajectoryBatch? drawn);

    /// <summary>Brings weights and moments to the host, if steps were taken since they were last there.</summary>
    void Download();

    /// <summary>Takes weights, moments and numbers of steps from the host.</summary>
    void Upload();
}

/// <summary>What steps on the device did.</summary>
/// <param name="Outcomes">Of each step, in order.</param>
/// <param name="LogZ">log Z at the beta asked for, after the steps.</param>
public sealed record ResidentReport(IReadOnlyList<ResidentOutcome> Outcomes, double LogZ);

/// <summary>What a step on the device did.</summary>
/// <param name="Loss">Loss before the step.</param>
/// <param name="ForwardNorm">P_F's gradient norm before clipping.</param>
/// <param name="IsTaken">False where the loss or a gradient was not finite, and nothing was changed.</param>
public readonly record struct ResidentOutcome(double Loss, double ForwardNorm, bool IsTaken);
