using Tempera.Model.Engines;
using Tempera.Model.Objectives;

namespace Tempera.Model.Tests.Objectives;

/// <summary>Terms with every part filled at random, on multiples of 1/64 so that single precision holds them and small steps exactly.</summary>
internal static class RandomTerms
{
    public static TrajectoryTerms Create(TermParts parts, int batch = 7, int steps = 5, int parents = 3, int seed = 3, float[]? betas = null)
    {
        var random = new System.Random(seed);
        double Draw() => random.Next(-256, 256) / 64.0;
        var terms = new TrajectoryTerms(batch, steps, parts, parents) { Count = batch };
        for (var b = 0; b < batch; b++)
        {
            (terms.Lengths[b], terms.Betas[b]) = (random.Next(1, steps + 1), betas?[b % betas.Length] ?? random.Next(32, 192) / 64f);
            (terms.LogZ[b], terms.LogReward[b]) = (Draw(), Draw());
            for (var t = 0; t < terms.Lengths[b]; t++)
            {
                var at = (b * steps) + t;
                (terms.LogForward[at], terms.LogBackward[at]) = (-(float)Math.Abs(Draw()), -(float)Math.Abs(Draw()));
                Set(terms.LogGuide, at, -Math.Abs(Draw()));
                Set(terms.Potential, at, (float)Draw());
                Set(terms.PotentialWeight, at, random.Next(3) * 0.75f);
                Set(terms.LogFlow, at + b + 1, t + 1 < terms.Lengths[b] ? Draw() : 0);
                Set(terms.PartialLogReward, at + b + 1, t + 1 < terms.Lengths[b] ? Draw() : 0);
                Set(terms.LogBehaviour, at, -(float)Math.Abs(Draw()));
                Set(terms.BehaviourValue, at + b, Draw());
                for (var parent = 0; parent < parents; parent++)
                {
                    Set(terms.LogInflow, (at * parents) + parent, parent == 2 ? double.NegativeInfinity : Draw());
                }
            }
        }

        return terms;
    }

    /// <summary>The derivative of the loss by one value, by central differences.</summary>
    public static double Difference(IObjective objective, TrajectoryTerms terms, float[] values, int i) =>
        Difference(() => objective.Evaluate(terms), step => values[i] += (float)step, 1 / 64.0);

    /// <summary>As the other overload, of a value in double precision.</summary>
    public static double Difference(IObjective objective, TrajectoryTerms terms, double[] values, int i) =>
        Difference(() => objective.Evaluate(terms), step => values[i] += step, 1e-4);

    public static double Difference(Func<double> loss, Action<double> move, double step)
    {
        move(step);
        var up = loss();
        move(-2 * step);
        var down = loss();
        move(step);
        return (up - down) / (2 * step);
    }

    private static void Set<T>(T[] values, int i, T value)
    {
        if (i < values.Length)
        {
            values[i] = value;
        }
    }
}
