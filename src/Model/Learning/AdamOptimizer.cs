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
/// with g the gradient scaled to a norm of at most <c>clipNorm</c>.
/// </summary>
/// <remarks>Kingma and Ba 2015, algorithm 1, with b1 = 0.9, b2 = 0.999, eps = 1e-8.</remarks>
public sealed class AdamOptimizer(NetworkParameters parameters, double learningRate, double clipNorm) : IAdamState
{
    private const float Decay1 = 0.9f;
    private const float Decay2 = 0.999f;
    private const float Epsilon = 1e-8f;
    private const int NormBlock = 4096;

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
        var sum = 0.0;
        for (var start = 0; start < Parameters.Gradient.Length; start += NormBlock)
        {
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
        var w = Lanes(Parameters.Values);
        var g = Lanes(Parameters.Gradient);
        var m = Lanes(First);
        var v = Lanes(Second);
        for (var i = 0; i < w.Length; i++)
        {
            var gradient = g[i] * scale;
            m[i] = (m[i] * Decay1) + (gradient * (1 - Decay1));
            v[i] = (v[i] * Decay2) + (gradient * gradient * (1 - Decay2));
            w[i] -= m[i] * rate / ((Vector256.Sqrt(v[i]) * correction) + Vector256.Create(Epsilon));
        }

        for (var i = w.Length * 8; i < Parameters.Values.Length; i++)
        {
            var gradient = Parameters.Gradient[i] * scale;
            First[i] = (First[i] * Decay1) + (gradient * (1 - Decay1));
            Second[i] = (Second[i] * Decay2) + (gradient * gradient * (1 - Decay2));
            Parameters.Values[i] -= First[i] * rate / ((MathF.Sqrt(Second[i]) * correction) + Epsilon);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<Vector256<float>> Lanes(float[] values) => MemoryMarshal.Cast<float, Vector256<float>>(values.AsSpan());
}
