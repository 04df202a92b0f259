using Tempera.Model.Engines;
using Tempera.Model.Networks;
using Tempera.Model.Random;
using Tempera.Model.Spaces;

namespace Tempera.Model.Tests.Evaluation;

/// <summary>The logit of an edge at a beta.</summary>
internal delegate double EdgeLogit(UInt128 parent, UInt128 child, float beta);

/// <summary>An engine without networks: softmax over given logits, so that every answer is known.</summary>
internal sealed class TabularEngine(IDesignSpace space, EdgeLogit forward, EdgeLogit backward, Func<float, double> logZ) : IPolicyEngine
{
    public PolicyParameters Parameters => throw new NotSupportedException();

    public EngineCounters Counters { get; } = new();

    /// <summary>Both policies uniform, log Z = 0.</summary>
    public static TabularEngine Uniform(IDesignSpace space) => new(space, (_, _, _) => 0, (_, _, _) => 0, _ => 0);

    /// <summary>Logits that are a fixed pseudo-random function of the edge, in [-scale, scale].</summary>
    public static EdgeLogit Rough(double scale, int salt = 0) => (parent, child, beta) =>
    {
        var bits = new RandomStreams(11).At("rough", salt).Bits((ulong)(parent ^ (parent >> 61)) * 31 + (ulong)(child ^ (child >> 59)));
        return scale * beta * (bits % 2001 / 1000.0 - 1);
    };

    public double[] Children(UInt128 state, float beta, out UInt128[] children)
    {
        var buffer = new UInt128[space.MaxChildren];
        children = buffer[..space.GetChildren(state, buffer)];
        return LogSoftmax(Array.ConvertAll(children, child => forward(state, child, beta)));
    }

    public double[] ParentsOf(UInt128 state, float beta, out UInt128[] parents)
    {
        var buffer = new UInt128[space.MaxParents];
        parents = buffer[..space.GetParents(state, buffer)];
        return LogSoftmax(Array.ConvertAll(parents, parent => backward(parent, state, beta)));
    }

    public void SampleForward(TrajectoryBatch batch, float epsilon, RandomStream random)
    {
        for (var b = 0; b < batch.Count; b++)
        {
            var trajectory = batch.Trajectory(b);
            var step = 0;
            trajectory[0] = space.Root;
            for (; !space.IsTerminal(trajectory[step]); step++)
            {
                var logP = Children(trajectory[step], batch.Betas[b], out var children);
                trajectory[step + 1] = children[Pick(logP, random.Uniform((ulong)(b * batch.MaxSteps + step)))];
            }

            batch.Lengths[b] = step;
        }

        batch.Version++;
    }

    public void SampleBackward(TrajectoryBatch batch, ReadOnlySpan<UInt128> objects, RandomStream random)
    {
        for (var b = 0; b < batch.Count; b++)
        {
            var path = new List<UInt128> { objects[b] };
            while (path[^1] != space.Root)
            {
                var logP = ParentsOf(path[^1], batch.Betas[b], out var parents);
                path.Add(parents[Pick(logP, random.Uniform((ulong)(b * batch.MaxSteps + path.Count)))]);
            }

            path.Reverse();
            path.ToArray().CopyTo(batch.Trajectory(b));
            batch.Lengths[b] = path.Count - 1;
        }

        batch.Version++;
    }

    public void Evaluate(TrajectoryBatch batch, TrajectoryTerms terms)
    {
        terms.Count = batch.Count;
        for (var b = 0; b < batch.Count; b++)
        {
            var trajectory = batch.Trajectory(b);
            (terms.Lengths[b], terms.Betas[b], terms.LogZ[b]) = (batch.Lengths[b], batch.Betas[b], logZ(batch.Betas[b]));
            for (var t = 0; t < terms.MaxSteps; t++)
            {
                var (logF, logB) = (0.0, 0.0);
                if (t < batch.Lengths[b])
                {
                    logF = Children(trajectory[t], batch.Betas[b], out var children)[Array.IndexOf(children, trajectory[t + 1])];
                    logB = ParentsOf(trajectory[t + 1], batch.Betas[b], out var parents)[Array.IndexOf(parents, trajectory[t])];
                }

                (terms.LogForward[b * terms.MaxSteps + t], terms.LogBackward[b * terms.MaxSteps + t]) = ((float)logF, (float)logB);
            }
        }
    }

    public void ChildLogProbabilities(ReadOnlySpan<UInt128> states, float beta, Span<float> logProbabilities)
    {
        logProbabilities.Fill(float.NegativeInfinity);
        for (var i = 0; i < states.Length; i++)
        {
            var logP = Children(states[i], beta, out _);
            for (var c = 0; c < logP.Length; c++)
            {
                logProbabilities[i * space.MaxChildren + c] = (float)logP[c];
            }
        }
    }

    public double LogZ(float beta) => logZ(beta);

    public (double Forward, double Backward)? LogitScales(float beta) => null;

    public void Backward(TrajectoryBatch batch, TrajectoryTerms terms) => throw new NotSupportedException();

    public void ParametersChanged() => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private static double[] LogSoftmax(double[] logits)
    {
        var logSum = Math.Log(logits.Sum(Math.Exp));
        return Array.ConvertAll(logits, logit => logit - logSum);
    }

    private static int Pick(double[] logP, double uniform)
    {
        for (var i = 0; i < logP.Length - 1; i++)
        {
            uniform -= Math.Exp(logP[i]);
            if (uniform < 0)
            {
                return i;
            }
        }

        return logP.Length - 1;
    }
}
