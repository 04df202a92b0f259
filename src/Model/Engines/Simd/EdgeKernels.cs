namespace Tempera.Model.Engines.Simd;

/// <summary>
/// The last step of the state-to-state scorer: u(s, s') = v . LeakyReLU( base(s) + c(s') ) + b, and its derivative. The
/// hidden values are recomputed backwards: cheaper than storing one row an edge.
/// </summary>
internal static unsafe class EdgeKernels
{
    /// <summary>u for one edge, without b.</summary>
    public static float Score<TLanes>(float* rowBase, float* child, float* v, int width)
        where TLanes : struct, ILanes<TLanes>
    {
        var slope = TLanes.Broadcast(SimdEngine.Slope);
        var sum = TLanes.Zero;
        for (var j = 0; j < width; j += 16)
        {
            var hidden = TLanes.LeakyRelu(TLanes.Add(TLanes.Load(rowBase + j), TLanes.Load(child + j)), slope);
            sum = TLanes.MultiplyAdd(hidden, TLanes.Load(v + j), sum);
        }

        return TLanes.Sum(sum);
    }

    /// <summary>For all edges of a row: rowGradient = d / d base, and dv += their share of d / d v.</summary>
    public static void RowGradient<TLanes>(
        float* rowBase, float* children, int stride, ReadOnlySpan<int> targets, float* du, float* v, int width, float* rowGradient, float* dv)
        where TLanes : struct, ILanes<TLanes>
    {
        var slope = TLanes.Broadcast(SimdEngine.Slope);
        for (var j = 0; j < width; j += 16)
        {
            var here = TLanes.Load(rowBase + j);
            var weight = TLanes.Load(v + j);
            var gradient = TLanes.Zero;
            var weightGradient = TLanes.Load(dv + j);
            for (var e = 0; e < targets.Length; e++)
            {
                var pre = TLanes.Add(here, TLanes.Load(children + ((long)targets[e] * stride) + j));
                var u = TLanes.Broadcast(du[e]);
                weightGradient = TLanes.MultiplyAdd(TLanes.LeakyRelu(pre, slope), u, weightGradient);
                gradient = TLanes.Add(gradient, TLanes.LeakyReluGradient(TLanes.Multiply(u, weight), pre, slope));
            }

            TLanes.Store(rowGradient + j, gradient);
            TLanes.Store(dv + j, weightGradient);
        }
    }

    /// <summary>For all edges into a child: childGradient = d / d c(s').</summary>
    public static void ChildGradient<TLanes>(
        float* bases, int stride, float* child, ReadOnlySpan<int> edges, ReadOnlySpan<int> rowOfEdge, float* du, float* v, int width, float* childGradient)
        where TLanes : struct, ILanes<TLanes>
    {
        var slope = TLanes.Broadcast(SimdEngine.Slope);
        for (var j = 0; j < width; j += 16)
        {
            var here = TLanes.Load(child + j);
            var weight = TLanes.Load(v + j);
            var gradient = TLanes.Zero;
            foreach (var edge in edges)
            {
                var pre = TLanes.Add(TLanes.Load(bases + ((long)rowOfEdge[edge] * stride) + j), here);
                gradient = TLanes.Add(gradient, TLanes.LeakyReluGradient(TLanes.Multiply(TLanes.Broadcast(du[edge]), weight), pre, slope));
            }

            TLanes.Store(childGradient + j, gradient);
        }
    }
}
