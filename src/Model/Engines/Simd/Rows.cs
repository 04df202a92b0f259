using System.Numerics;
using System.Runtime.InteropServices;

namespace Tempera.Model.Engines.Simd;

/// <summary>Element-wise operations on rows, independent of the vector width because no element depends on another.</summary>
internal static unsafe class Rows
{
    /// <summary>Sets every row to the same values.</summary>
    public static void Fill(float* target, int stride, int rows, float* values, int width)
    {
        var source = new ReadOnlySpan<float>(values, width);
        for (var row = 0; row < rows; row++)
        {
            source.CopyTo(new Span<float>(target + ((long)row * stride), width));
        }
    }

    /// <summary>sums += source.</summary>
    public static void Add(Span<float> sums, float* source)
    {
        var values = new ReadOnlySpan<float>(source, sums.Length);
        var wide = MemoryMarshal.Cast<float, Vector<float>>(sums);
        var add = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] += add[i];
        }

        for (var i = wide.Length * Vector<float>.Count; i < sums.Length; i++)
        {
            sums[i] += values[i];
        }
    }

    /// <summary>x = x where positive, else slope x, for whole rows.</summary>
    public static void LeakyRelu(float* x, int stride, int rows, int width, float slope)
    {
        var slopes = new Vector<float>(slope);
        for (var row = 0; row < rows; row++)
        {
            foreach (ref var v in MemoryMarshal.Cast<float, Vector<float>>(new Span<float>(x + ((long)row * stride), width)))
            {
                v = Vector.ConditionalSelect(Vector.GreaterThan(v, Vector<float>.Zero), v, v * slopes);
            }
        }
    }

    /// <summary>gradient = gradient where the activation is positive, else slope gradient, for whole rows.</summary>
    public static void LeakyReluGradient(float* gradient, float* activation, int stride, int rows, int width, float slope)
    {
        var slopes = new Vector<float>(slope);
        for (var row = 0; row < rows; row++)
        {
            var g = MemoryMarshal.Cast<float, Vector<float>>(new Span<float>(gradient + ((long)row * stride), width));
            var a = MemoryMarshal.Cast<float, Vector<float>>(new ReadOnlySpan<float>(activation + ((long)row * stride), width));
            for (var i = 0; i < g.Length; i++)
            {
                g[i] = Vector.ConditionalSelect(Vector.GreaterThan(a[i], Vector<float>.Zero), g[i], g[i] * slopes);
            }
        }
    }
}
