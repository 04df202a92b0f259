using Tempera.Model.Engines;
using Tempera.Model.Networks;
using Tempera.Model.Objectives;
using Tempera.Model.Settings;

namespace Tempera.Model.Learning;

/// <summary>
/// One gradient step on a batch: terms under the current policies, loss, gradients, clipping, Adam. A step whose loss or
/// gradient is not finite never reaches the weights; it is counted.
/// </summary>
internal sealed class GradientStep(IPolicyEngine engine, IObjective objective, LearnerSettings settings)
{
    private readonly AdamOptimizer[] _optimizers =
        [.. engine.Parameters.Networks.Select(network => new AdamOptimizer(network, StepSize(engine.Parameters, network, settings), settings.ClipNorm))];

    private readonly double[] _norms = new double[engine.Parameters.Networks.Count()];

    /// <summary>Optimisers of P_F, P_B and log Z, then of flows and potentials where there are any.</summary>
    public IReadOnlyList<AdamOptimizer> Optimizers => _optimizers;

    /// <summary>Steps skipped since the beginning.</summary>
    public int Skipped { get; set; }

    /// <summary>Steps skipped in a row.</summary>
    public int SkippedInARow { get; set; }

    /// <summary>Share of the step sizes to use.</summary>
    public double RateShare { get; set; } = 1;

    /// <summary>P_F's gradient norm of the last step, before clipping.</summary>
    public double ForwardNorm => _norms[0];

    /// <summary>Takes a step, the first on its batch or a further one; the terms' log-rewards must be set. Returns the loss.</summary>
    /// <exception cref="LearnerDivergedException">Too many steps in a row were skipped.</exception>
    public double Take(TrajectoryBatch batch, TrajectoryTerms terms, string what, bool isFirst)
    {
        engine.Evaluate(batch, terms);
        if (isFirst && terms.Has(TermParts.Behaviour))
        {
            terms.KeepBehaviour();
        }

        var loss = objective.Evaluate(terms);
        if (double.IsFinite(loss))
        {
            engine.Backward(batch, terms);
            for (var i = 0; i < _norms.Length; i++)
            {
                _norms[i] = _optimizers[i].GradientNorm();
            }
        }

        if (!double.IsFinite(loss) || !Array.TrueForAll(_norms, double.IsFinite))
        {
            Skip(batch.BetaRange(), loss, what);
            return loss;
        }

        SkippedInARow = 0;
        for (var i = 0; i < _norms.Length; i++)
        {
            _optimizers[i].Step(_norms[i], RateShare);
        }

        engine.ParametersChanged();
        return loss;
    }

    private static double StepSize(PolicyParameters parameters, NetworkParameters network, LearnerSettings settings) =>
        network == parameters.LogZ ? settings.LogZLearningRate
        : network == parameters.Flow ? settings.FlowLearningRate
        : network == parameters.Potential ? settings.PotentialLearningRate
        : settings.LearningRate;

    /// <summary>Counts a step that was taken elsewhere.</summary>
    /// <exception cref="LearnerDivergedException">Too many steps in a row were skipped.</exception>
    public void Count(ResidentOutcome outcome, (float Minimum, float Maximum) betas, string what)
    {
        if (outcome.IsTaken)
        {
            SkippedInARow = 0;
        }
        else
        {
            Skip(betas, outcome.Loss, what);
        }
    }

    private void Skip((float Minimum, float Maximum) betas, double loss, string what)
    {
        Skipped++;
        SkippedInARow++;
        if (SkippedInARow < settings.MaxSkippedSteps)
        {
            return;
        }

        throw new LearnerDivergedException(
            $"A loss and its gradient must be finite; {SkippedInARow} steps in a row were not, the last on {what} (loss {loss}, betas {betas.Minimum} to {betas.Maximum}). "
            + "Lower learning_rate or log_z_learning_rate, or narrow the beta range, and resume from the last checkpoint.");
    }
}
