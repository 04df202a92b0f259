namespace Tempera.Model.Engines.Simd;

/// <summary>
/// The last step of the state-to-state scorer: u_k(s, s') = v_k . LeakyReLU( base(s) + c(s') ) + b_k, and its derivative. The
/// hidden values are recomputed backwards: cheaper than storing one row an edge.
/// </summary>
internal static unsafe class EdgeKernels
{
    /// <summary>One u_k for one edge, without b_k.</summary>
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

    /// <summary>For all edges of a row: rowGradient = d / d base, and dv += their share of d / d v; v and dv are <c>[rank, width]</c>, du <c>[edge, rank]</c>.</summary>
    public static void RowGradient<TLanes>(
        float* rowBase, float* children, int stride, ReadOnlySpan<int> targets, float* du, float* v, int width, int rank, float* rowGradient, float* dv)
        where TLanes : struct, ILanes<TLanes>
    {
        var slope = TLanes.Broadcast(SimdEngine.Slope);
        for (var j = 0; j < width; j += 16)
        {
            var here = TLanes.Load(rowBase + j);
            var gradient = TLanes.Zero;
            for (var e = 0; e < targets.Length; e++)
            {
                var pre = TLanes.Add(here, TLanes.Load(children + ((long)targets[e] * stride) + j));
                var hidden = TLanes.LeakyRelu(pre, slope);
                var back = TLanes.Zero;
                for (int k = 0, at = j; k < rank; k++, at += width)
                {
                    var u = TLanes.Broadcast(du[((long)e * rank) + k]);
                    TLanes.Store(dv + at, TLanes.MultiplyAdd(hidden, u, TLanes.Load(dv + at)));
                    back = TLanes.MultiplyAdd(u, TLanes.Load(v + at), back);
                }

                gradient = TLanes.Add(gradient, TLanes.LeakyReluGradient(back, pre, slope));
            }

            TLanes.Store(rowGradient + j, gradient);
        }
    }

    /// <summary>For all edges into a child: childGradient = d / d c(s').</summary>
    public static void ChildGradient<TLanes>(
        float* bases, int stride, float* child, ReadOnlySpan<int> edges, ReadOnlySpan<int> rowOfEdge, float* du, float* v, int width, int rank, float* childGradient)
        where TLanes : struct, ILanes<TLanes>
    {
        var slope = TLanes.Broadcast(SimdEngine.Slope);
        for (var j = 0; j < width; j += 16)
        {
            var here = TLanes.Load(child + j);
            var gradient = TLanes.Zero;
            foreach (var edge in edges)
            {
                var pre = TLanes.Add(TLanes.Load(bases + ((long)rowOfEdge[edge] * stride) + j), here);
                var back = TLanes.Zero;
                for (int k = 0, at = j; k < rank; k++, at += width)
                {
                    back = TLanes.MultiplyAdd(TLanes.Broadcast(du[((long)edge * rank) + k]), TLanes.Load(v + at), back);
                }

                gradient = TLanes.Add(gradient, TLanes.LeakyReluGradient(back, pre, slope));
            }

            TLanes.Store(childGradient + j, gradient);
        }
    }
}
