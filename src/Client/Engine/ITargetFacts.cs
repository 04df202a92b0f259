using Tempera.Silo.Tools;

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

    /// <summary>Expected unique objects and modes after numbers of independent draws of p*, betas uniform on an interval.</summary>
    IReadOnlyList<PerfectSample> PerfectSampler(double betaMin, double betaMax, IReadOnlyList<double> draws);
}
