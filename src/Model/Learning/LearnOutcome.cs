namespace Tempera.Model.Learning;

/// <summary>What the gradient steps of a round did. Losses and the norm are those of the first step of their kind.</summary>
/// <param name="Loss">Loss on the proposals.</param>
/// <param name="ReplayLoss">Loss on the replayed objects; NaN when replay was skipped.</param>
/// <param name="LogZ">log Z at the mean exploration beta, after the steps.</param>
/// <param name="ClampedShare">Share of the round's logits that the clamp changed.</param>
/// <param name="GradientNorm">Norm of P_F's gradient before clipping, on the proposals.</param>
/// <param name="SkippedSteps">Steps skipped for non-finite values since the beginning.</param>
public readonly record struct LearnOutcome(
    double Loss, double ReplayLoss, double LogZ, double ClampedShare, double GradientNorm, int SkippedSteps);
