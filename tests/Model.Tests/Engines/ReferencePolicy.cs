using Tempera.Model.Engines;
using Tempera.Model.Networks;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Engines;

/// <summary>
/// The same networks written plainly in double precision, one edge at a time: what the engine's values and gradients are
/// held against. Values are read through a delegate, so that a test may move a single one.
/// </summary>
internal sealed class ReferencePolicy(IDesignSpace space, PolicyArchitecture architecture)
{
    /// <summary>sum of coefficient x log-probability over all steps, plus sum of coefficient x log Z.</summary>
    public double WeightedSum(TrajectoryBatch batch, TrajectoryTerms coefficients, double[] forward, double[] backward, double[] logZ)
    {
        var sum = 0.0;
        for (var b = 0; b < batch.Count; b++)
        {
            var beta = batch.Betas[b];
            var trajectory = batch.Trajectory(b);
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var visit = (b * batch.MaxSteps) + t;
                sum += coefficients.ForwardGradient[visit] * LogProbability(true, forward, trajectory[t], trajectory[t + 1], beta);
                sum += coefficients.BackwardGradient[visit] * LogProbability(false, backward, trajectory[t + 1], trajectory[t], beta);
            }

            sum += coefficients.LogZGradient[b] * LogZ(logZ, beta);
        }

        return sum;
    }

    /// <summary>As <see cref="WeightedSum"/> for flows, inflows and potentials.</summary>
    public double WeightedParts(TrajectoryBatch batch, TrajectoryTerms coefficients, double[] forward, double[] logZ, double[] flow, double[] potential)
    {
        var sum = 0.0;
        for (var b = 0; b < batch.Count; b++)
        {
            var trajectory = batch.Trajectory(b);
            for (var t = 0; t < batch.Lengths[b]; t++)
            {
                var visit = (b * batch.MaxSteps) + t;
                if (coefficients.Has(TermParts.Flows) && t > 0)
                {
                    sum += coefficients.FlowGradient[(b * (batch.MaxSteps + 1)) + t] * LogFlow(flow, trajectory[t], batch.Betas[b]);
                }

                if (coefficients.Has(TermParts.Potentials))
                {
                    sum += coefficients.PotentialGradient[visit] * Potential(potential, trajectory[t], trajectory[t + 1]);
                }

                if (coefficients.Has(TermParts.Inflows))
                {
                    var inflows = LogInflows(forward, logZ, flow, trajectory[t + 1], batch.Betas[b]);
                    sum += inflows.Select((inflow, i) => coefficients.InflowGradient[(visit * coefficients.MaxParents) + i] * inflow).Sum();
                }
            }
        }

        return sum;
    }

    public double LogFlow(double[] values, UInt128 state, double beta)
    {
        var shape = architecture.Flow!;
        var code = Code(shape, values, beta);
        double[] scale = shape.HasScale ? Mlp(values, shape.Scale, code) : [1];
        return scale.Zip(StateOutputs(shape, values, state, code), (f, u) => f * u).Sum();
    }

    /// <summary>The flow of every edge into a state, in the order of its parents.</summary>
    public double[] LogInflows(double[] forward, double[] logZ, double[] flow, UInt128 state, double beta)
    {
        var parents = new UInt128[space.MaxParents];
        return Array.ConvertAll(parents[..space.GetParents(state, parents)], parent =>
            (parent == space.Root ? LogZ(logZ, beta) : LogFlow(flow, parent, beta)) + LogProbability(true, forward, parent, state, beta));
    }

    public double Potential(double[] values, UInt128 state, UInt128 child)
    {
        var (children, actions, edges) = (new UInt128[space.MaxChildren], new int[space.ForwardActionCount], new int[space.ForwardActionCount]);
        space.GetChildren(state, children);
        var first = Enumerable.Range(0, space.GetForwardActions(state, actions, edges)).First(i => children[edges[i]] == child);
        return StateOutputs(architecture.Potential!, values, state, [])[actions[first]];
    }

    private double[] StateOutputs(PolicyNetworkShape shape, double[] values, UInt128 state, double[] code) =>
        Mlp(values, shape.Output, Array.ConvertAll(Mlp(values, shape.Hidden, [.. Features(state), .. shape.HasCode ? code : []]), LeakyRelu));

    public double LogZ(double[] values, double beta) => architecture.LogZMaps.Length == 1
        ? values[0]
        : Mlp(values, architecture.LogZMaps, [beta])[0];

    public double LogProbability(bool isForward, double[] values, UInt128 state, UInt128 target, double beta)
    {
        var targets = new UInt128[isForward ? space.MaxChildren : space.MaxParents];
        var count = isForward ? space.GetChildren(state, targets) : space.GetParents(state, targets);
        var logits = EdgeLogits(isForward, values, state, targets[..count], beta);
        return logits[Array.IndexOf(targets, target)] - LogSumExp(logits);
    }

    private double[] EdgeLogits(bool isForward, double[] values, UInt128 state, UInt128[] targets, double beta)
    {
        var shape = isForward ? architecture.Forward : architecture.Backward;
        var code = Code(shape, values, beta);
        double[] scale = shape.HasScale ? Mlp(values, shape.Scale, code) : [1];
        double Clamp(double[] u) => Math.Clamp(scale.Zip(u, (f, score) => f * score).Sum(), -architecture.LogitClamp, architecture.LogitClamp);
        if (shape.Parametrization == Parametrization.Ssr)
        {
            var z = Mlp(values, shape.Hidden, Features(state));
            return Array.ConvertAll(targets, target =>
            {
                var input = z.Concat(Mlp(values, shape.Hidden, Features(target))).Concat(shape.HasCode ? code : []);
                return Clamp(Mlp(values, shape.Output, [.. input]));
            });
        }

        var hidden = Mlp(values, shape.Hidden, [.. Features(state), .. shape.HasCode ? code : []]);
        var scores = Mlp(values, shape.Output, Array.ConvertAll(hidden, LeakyRelu));
        var (actions, edges) = (new int[shape.Actions], new int[shape.Actions]);
        var legal = isForward ? space.GetForwardActions(state, actions, edges) : space.GetBackwardActions(state, actions, edges);
        return [.. Enumerable.Range(0, targets.Length).Select(edge =>
            LogSumExp([.. Enumerable.Range(0, legal).Where(i => edges[i] == edge).Select(i => Clamp(scores[(actions[i] * shape.Rank)..((actions[i] + 1) * shape.Rank)]))]))];
    }

    private double[] Code(PolicyNetworkShape shape, double[] values, double beta)
    {
        var (minimum, maximum) = architecture.BetaRange;
        return shape.Conditioning switch
        {
            Conditioning.None => [],
            Conditioning.Thermometer => [.. Enumerable.Range(0, 32).Select(bin =>
                Math.Clamp((beta - minimum - (bin * (maximum - minimum) / 32)) / ((maximum - minimum) / 32), 0, 1))],
            _ => Mlp(values, shape.Code, [beta]),
        };
    }

    private double[] Features(UInt128 state)
    {
        var active = new int[space.MaxActiveFeatures];
        var features = new double[space.FeatureCount];
        foreach (var feature in active[..space.GetFeatures(state, active)])
        {
            features[feature] = 1;
        }

        return features;
    }

    private static double[] Mlp(double[] values, LinearSlots[] maps, double[] x)
    {
        for (var i = 0; i < maps.Length; i++)
        {
            var (weight, bias) = maps[i];
            Assert.Equal(weight.Rows, x.Length);
            var y = new double[weight.Columns];
            for (var column = 0; column < y.Length; column++)
            {
                y[column] = values[bias.Offset + column];
                for (var row = 0; row < x.Length; row++)
                {
                    y[column] += x[row] * values[weight.Offset + (row * weight.Columns) + column];
                }
            }

            x = i + 1 < maps.Length ? Array.ConvertAll(y, LeakyRelu) : y;
        }

        return x;
    }

    private static double LeakyRelu(double x) => x > 0 ? x : 0.01f * x;

    private static double LogSumExp(double[] x)
    {
        var maximum = x.Max();
        return maximum + Math.Log(x.Sum(v => Math.Exp(v - maximum)));
    }
}
