using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Tempera.Model.Engines;
using Tempera.Model.Engines.Simd;
using Tempera.Model.Networks;

namespace Tempera.Model.Learning;

/// <summary>
/// Adam on one network's flat vector, fused with clipping by the global gradient norm:
/// m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= lr / (1 - b1^t) m / ( sqrt(v / (1 - b2^t)) + eps ),
/// with g the gradient scaled to a norm of at most <c>clipNorm</c>. Lazy rows that the gradient does not reach stay as they are;
/// those that it reaches move by <see cref="LazyRows.StepFactor"/> times as much.
/// </summary>
/// <remarks>Kingma and Ba 2015, algorithm 1, with b1 = 0.9, b2 = 0.999, eps = 1e-8.</remarks>
public sealed class AdamOptimizer(NetworkParameters parameters, double learningRate, double clipNorm) : IAdamState
{
    private const float Decay1 = 0.9f;
    private const float Decay2 = 0.999f;
    private const float Epsilon = 1e-8f;
    private const int NormBlock = 4096;
    private readonly bool[] _hasGradient = new bool[(parameters.Values.Length + NormBlock - 1) / NormBlock];

    /// <summary>The network.</summary>
    public NetworkParameters Parameters { get; } = parameters;

    /// <summary>First moments.</summary>
    public float[] First { get; } = GC.AllocateArray<float>(parameters.Values.Length, pinned: true);

    /// <summary>Second moments.</summary>
    public float[] Second { get; } = GC.AllocateArray<float>(parameters.Values.Length, pinned: true);

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <inheritdoc/>
    public double LearningRate { get; } = learningRate;

    /// <inheritdoc/>
    public double ClipNorm { get; } = clipNorm;

    /// <summary>Euclidean norm of the gradient; summed in fixed blocks, so that it is the same on every machine.</summary>
    public double GradientNorm()
    {
        MarkBlocks();
        var sum = 0.0;
        for (var start = 0; start < Parameters.Gradient.Length; start += NormBlock)
        {
            if (!_hasGradient[start / NormBlock])
            {
                continue;
            }

            var block = Parameters.Gradient.AsSpan(start, Math.Min(NormBlock, Parameters.Gradient.Length - start));
            var lanes = MemoryMarshal.Cast<float, Vector256<float>>(block);
            var squares = Vector256<float>.Zero;
            foreach (var lane in lanes)
            {
                squares = Vector256.FusedMultiplyAdd(lane, lane, squares);
            }

            sum += Lanes256.Sum8(squares);
            foreach (var rest in block[(lanes.Length * 8)..])
            {
                sum += (double)rest * rest;
            }
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Takes one step with a gradient whose norm is known, at a share of the step size.</summary>
    public void Step(double gradientNorm, double rateShare = 1)
    {
        Steps++;
        var scale = (float)(gradientNorm > ClipNorm ? ClipNorm / gradientNorm : 1);
        var rate = (float)(rateShare * LearningRate / (1 - Math.Pow(Decay1, Steps)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Decay2, Steps)));
        if (Parameters.Lazy is not { } lazy)
        {
            Step(0, Parameters.Values.Length, scale, rate, correction);
            return;
        }

        Step(0, lazy.Offset, scale, rate, correction);
        foreach (var row in lazy.Reached)
        {
            Step(lazy.Offset + (row * lazy.Columns), lazy.Columns, scale, rate * LazyRows.StepFactor, correction);
        }

        Step(lazy.End, Parameters.Values.Length - lazy.End, scale, rate, correction);
    }

    private void Step(int start, int length, float scale, float rate, float correction)
    {
        var w = Lanes(Parameters.Values, start, length);
        var g = Lanes(Parameters.Gradient, start, length);
        var m = Lanes(First, start, length);
        var v = Lanes(Second, start, length);
        for (var i = 0; i < w.Length; i++)
        {
            var gradient = g[i] * scale;
            m[i] = (m[i] * Decay1) + (gradient * (1 - Decay1));
            v[i] = (v[i] * Decay2) + (gradient * gradient * (1 - Decay2));
            w[i] -= m[i] * rate / ((Vector256.Sqrt(v[i]) * correction) + Vector256.Create(Epsilon));
        }

        for (var i = start + (w.Length * 8); i < start + length; i++)
        {
            var gradient = Parameters.Gradient[i] * scale;
            First[i] = (First[i] * Decay1) + (gradient * (1 - Decay1));
            Second[i] = (Second[i] * Decay2) + (gradient * gradient * (1 - Decay2));
            Parameters.Values[i] -= First[i] * rate / ((MathF.Sqrt(Second[i]) * correction) + Epsilon);
        }
    }

    /// <summary>Which blocks of the norm may have a gradient that differs from zero; the others add nothing to it.</summary>
    private void MarkBlocks()
    {
        if (Parameters.Lazy is not { } lazy)
        {
            Array.Fill(_hasGradient, true);
            return;
        }

        Array.Clear(_hasGradient);
        Mark(0, lazy.Offset);
        foreach (var row in lazy.Reached)
        {
            Mark(lazy.Offset + (row * lazy.Columns), lazy.Columns);
        }

        Mark(lazy.End, Parameters.Gradient.Length - lazy.End);
    }

    private void Mark(int start, int length)
    {
        if (length > 0)
        {
            _hasGradient.AsSpan((start / NormBlock)..(((start + length - 1) / NormBlock) + 1)).Fill(true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<Vector256<float>> Lanes(float[] values, int start, int length) => MemoryMarshal.Cast<float, Vector256<float>>(values.AsSpan(start, length));
}
