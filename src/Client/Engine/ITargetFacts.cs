namespace Tempera.Client.Engine;

/// <summary>Exact facts about the target p*(x | beta) = R(x)^beta / Z(beta) of one task.</summary>
internal interface ITargetFacts
{
    /// <summary>Distinct raw scores, ascending.</summary>
    IReadOnlyList<double> Scores { get; }

    /// <summary>Objects with each score.</summary>
    IReadOnlyList<long> Counts { get; }

    /// <summary>Modes with each score; empty where the task defines none.</summary>
    IReadOnlyList<int> ModeCounts { get; }

    /// <summary>log Z(beta).</summary>
    double LogZ(double beta);

    /// <summary>Probability under p*(. | beta) of each of <see cref="Scores"/>; sums to 1.</summary>
    IReadOnlyList<double> Probabilities(double beta);

    /// <summary>Expected unique objects and modes among independent draws of p* with betas uniform on an interval.</summary>
    PerfectSample Perfect(double betaMin, double betaMax, double draws);
}

/// <summary>What a perfect sampler is expected to have seen.</summary>
/// <param name="UniqueObjects">Distinct objects, which are its oracle calls.</param>
/// <param name="Modes">Distinct modes.</param>
internal readonly record struct PerfectSample(double UniqueObjects, double Modes);
