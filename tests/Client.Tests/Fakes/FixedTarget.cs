using Tempera.Client.Engine;
using Tempera.Silo.Tools;

namespace Tempera.Client.Tests.Fakes;

/// <summary>A target with a hundred scores; p(score i | beta) is proportional to i^(2 beta), and high scores hold the modes.</summary>
internal sealed class FixedTarget : ITargetFacts
{
    public IReadOnlyList<double> Scores { get; } = [.. Enumerable.Range(1, 100).Select(static i => i / 100.0)];

    public IReadOnlyList<long> Counts { get; } = [.. Enumerable.Range(1, 100).Select(static i => 41L)];

    public IReadOnlyList<int> ModeCounts { get; } = [.. Enumerable.Range(1, 100).Select(static i => i > 64 ? 1 : 0)];

    public double LogZ(double beta) => Math.Log(Scores.Zip(Counts, (score, count) => count * Math.Pow(score, 2 * beta)).Sum());

    public IReadOnlyList<double> Probabilities(double beta)
    {
        var z = Math.Exp(LogZ(beta));
        return [.. Scores.Zip(Counts, (score, count) => count * Math.Pow(score, 2 * beta) / z)];
    }

    public IReadOnlyList<PerfectSample> PerfectSampler(double betaMin, double betaMax, IReadOnlyList<double> draws)
    {
        var p = Probabilities((betaMin + betaMax) / 2);
        return [.. draws.Select(n => new PerfectSample(n, Seen(n, Counts.Select(static count => (double)count)), Seen(n, ModeCounts.Select(static count => (double)count))))];

        double Seen(double n, IEnumerable<double> counts) =>
            counts.Select((count, i) => count * (1 - Math.Pow(1 - p[i] / Counts[i], n))).Sum();
    }
}
