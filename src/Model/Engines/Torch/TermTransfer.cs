using Tempera.Model.Spaces;

namespace Tempera.Model.Engines.Torch;

/// <summary>Between the device's form of an objective's parts and <see cref="TrajectoryTerms"/>: which entries count, and their known part.</summary>
internal static class TermTransfer
{
    /// <summary>Writes flows, inflows and potentials, as far as the terms have them, from their values in this order.</summary>
    public static void Write(TrajectoryBatch batch, TrajectoryTerms terms, ReadOnlySpan<float> values, IDesignSpace space, Func<float, double> known)
    {
        if (terms.Has(TermParts.Flows))
        {
            terms.LogFlow.AsSpan(0, batch.Count * (batch.MaxSteps + 1)).Clear();
            foreach (var (b, t) in Inner(batch))
            {
                terms.LogFlow[(b * (batch.MaxSteps + 1)) + t] = known(batch.Betas[b]) + values[(b * batch.MaxSteps) + t];
            }

            values = values[(batch.Count * batch.MaxSteps)..];
        }

        if (terms.Has(TermParts.Inflows))
        {
            WriteInflows(batch, terms, values, space, known);
            values = values[(batch.Count * batch.MaxSteps * space.MaxParents)..];
        }

        if (terms.Has(TermParts.Potentials))
        {
            terms.Potential.AsSpan(0, batch.Count * batch.MaxSteps).Clear();
            for (var b = 0; b < batch.Count; b++)
            {
                values.Slice(b * batch.MaxSteps, batch.Lengths[b]).CopyTo(terms.Potential.AsSpan(b * batch.MaxSteps));
            }
        }
    }

    /// <summary>d loss / d log F <c>[batch, step]</c>, 0 but for inner states.</summary>
    public static float[] FlowGradient(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        if (!terms.Has(TermParts.Flows))
        {
            return [];
        }

        var gradient = new float[batch.Count * batch.MaxSteps];
        foreach (var (b, t) in Inner(batch))
        {
            gradient[(b * batch.MaxSteps) + t] = terms.FlowGradient[(b * (batch.MaxSteps + 1)) + t];
        }

        return gradient;
    }

    /// <summary>d loss / d inflow <c>[batch, step parent]</c>, 0 but for parents of visited states.</summary>
    public static float[] InflowGradient(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        if (!terms.Has(TermParts.Inflows))
        {
            return [];
        }

        var gradient = Visited(batch, terms.InflowGradient, terms.MaxParents);
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = double.IsNegativeInfinity(terms.LogInflow[i]) ? 0 : gradient[i];
        }

        return gradient;
    }

    /// <summary>d loss / d potential <c>[batch, step]</c>, 0 beyond a trajectory's end.</summary>
    public static float[] PotentialGradient(TrajectoryBatch batch, TrajectoryTerms terms) =>
        terms.Has(TermParts.Potentials) ? Visited(batch, terms.PotentialGradient, 1) : [];

    private static float[] Visited(TrajectoryBatch batch, float[] gradient, int width)
    {
        var (visited, row) = (new float[batch.Count * batch.MaxSteps * width], batch.MaxSteps * width);
        for (var b = 0; b < batch.Count; b++)
        {
            gradient.AsSpan(b * row, batch.Lengths[b] * width).CopyTo(visited.AsSpan(b * row));
        }

        return visited;
    }

    private static void WriteInflows(TrajectoryBatch batch, TrajectoryTerms terms, ReadOnlySpan<float> values, IDesignSpace space, Func<float, double> known)
    {
        var parents = new UInt128[space.MaxParents];
        terms.LogInflow.AsSpan(0, batch.Count * batch.MaxSteps * terms.MaxParents).Fill(double.NegativeInfinity);
        for (var b = 0; b < batch.Count; b++)
        {
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var first = ((b * batch.MaxSteps) + t) * terms.MaxParents;
                for (var i = first + space.GetParents(batch.Trajectory(b)[t + 1], parents) - 1; i >= first; i--)
                {
                    terms.LogInflow[i] = known(batch.Betas[b]) + values[i];
                }
            }
        }
    }

    private static IEnumerable<(int B, int T)> Inner(TrajectoryBatch batch)
    {
        for (var b = 0; b < batch.Count; b++)
        {
            for (var t = 1; t < batch.Lengths[b]; t++)
            {
                yield return (b, t);
            }
        }
    }
}
