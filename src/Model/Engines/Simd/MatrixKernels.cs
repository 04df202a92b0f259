using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tempera.Model.Engines.Simd;

/// <summary>
/// Register-blocked inner loops of matrix products. Every element of the result is one chain of fused multiply-adds over the
/// inner dimension in ascending order, whatever the tile or the vector width, so all paths give the same bits.
/// </summary>
/// <remarks>
/// A tile of 6 x 64 keeps 24 accumulators of 512 bits in registers; each step of the inner dimension loads 4 vectors and 6
/// scalars for 24 multiply-adds, so the multiply units are the bound. With 256-bit vectors the tile is 6 x 16.
/// </remarks>
internal static unsafe class MatrixKernels
{
    /// <summary>Rows of a tile.</summary>
    public const int TileRows = 6;

    /// <summary>C[6, 64] += A[6, k] B[k, 64], B a panel.</summary>
    public static void Tile512(float* a, int lda, float* b, int k, float* c, int ldc)
    {
        Load(c, out var c00, out var c01, out var c02, out var c03);
        Load(c + ldc, out var c10, out var c11, out var c12, out var c13);
        Load(c + 2 * ldc, out var c20, out var c21, out var c22, out var c23);
        Load(c + 3 * ldc, out var c30, out var c31, out var c32, out var c33);
        Load(c + 4 * ldc, out var c40, out var c41, out var c42, out var c43);
        Load(c + 5 * ldc, out var c50, out var c51, out var c52, out var c53);
        var a3 = a + 3 * lda;
        for (var p = 0; p < k; p++, b += 64)
        {
            Load(b, out var b0, out var b1, out var b2, out var b3);
            Step(a[p], b0, b1, b2, b3, ref c00, ref c01, ref c02, ref c03);
            Step(a[lda + p], b0, b1, b2, b3, ref c10, ref c11, ref c12, ref c13);
            Step(a[2 * lda + p], b0, b1, b2, b3, ref c20, ref c21, ref c22, ref c23);
            Step(a3[p], b0, b1, b2, b3, ref c30, ref c31, ref c32, ref c33);
            Step(a3[lda + p], b0, b1, b2, b3, ref c40, ref c41, ref c42, ref c43);
            Step(a3[2 * lda + p], b0, b1, b2, b3, ref c50, ref c51, ref c52, ref c53);
        }

        Store(c, c00, c01, c02, c03);
        Store(c + ldc, c10, c11, c12, c13);
        Store(c + 2 * ldc, c20, c21, c22, c23);
        Store(c + 3 * ldc, c30, c31, c32, c33);
        Store(c + 4 * ldc, c40, c41, c42, c43);
        Store(c + 5 * ldc, c50, c51, c52, c53);
    }

    /// <summary>C[6, 64] += X[rows, 6]^T Y[rows, 64].</summary>
    public static void OuterTile512(float* x, int ldx, float* y, int ldy, int rows, float* c, int ldc)
    {
        Load(c, out var c00, out var c01, out var c02, out var c03);
        Load(c + ldc, out var c10, out var c11, out var c12, out var c13);
        Load(c + 2 * ldc, out var c20, out var c21, out var c22, out var c23);
        Load(c + 3 * ldc, out var c30, out var c31, out var c32, out var c33);
        Load(c + 4 * ldc, out var c40, out var c41, out var c42, out var c43);
        Load(c + 5 * ldc, out var c50, out var c51, out var c52, out var c53);
        for (var r = 0; r < rows; r++, x += ldx, y += ldy)
        {
            Load(y, out var b0, out var b1, out var b2, out var b3);
            Step(x[0], b0, b1, b2, b3, ref c00, ref c01, ref c02, ref c03);
            Step(x[1], b0, b1, b2, b3, ref c10, ref c11, ref c12, ref c13);
            Step(x[2], b0, b1, b2, b3, ref c20, ref c21, ref c22, ref c23);
            Step(x[3], b0, b1, b2, b3, ref c30, ref c31, ref c32, ref c33);
            Step(x[4], b0, b1, b2, b3, ref c40, ref c41, ref c42, ref c43);
            Step(x[5], b0, b1, b2, b3, ref c50, ref c51, ref c52, ref c53);
        }

        Store(c, c00, c01, c02, c03);
        Store(c + ldc, c10, c11, c12, c13);
        Store(c + 2 * ldc, c20, c21, c22, c23);
        Store(c + 3 * ldc, c30, c31, c32, c33);
        Store(c + 4 * ldc, c40, c41, c42, c43);
        Store(c + 5 * ldc, c50, c51, c52, c53);
    }

    /// <summary>C[m, 16] += A[m, k] B[k, 16 of a panel of a given width], any m: the tails of a product, and 256-bit machines.</summary>
    public static void Narrow<TLanes>(float* a, int lda, float* b, int width, int m, int k, float* c, int ldc)
        where TLanes : struct, ILanes<TLanes>
    {
        var row = 0;
        for (; row + 4 <= m; row += 4)
        {
            var a0 = a + (long)row * lda;
            var t0 = c + (long)row * ldc;
            TLanes s0 = TLanes.Load(t0), s1 = TLanes.Load(t0 + ldc), s2 = TLanes.Load(t0 + 2 * ldc), s3 = TLanes.Load(t0 + 3 * ldc);
            for (var p = 0; p < k; p++)
            {
                var lanes = TLanes.Load(b + (long)p * width);
                s0 = TLanes.MultiplyAdd(TLanes.Broadcast(a0[p]), lanes, s0);
                s1 = TLanes.MultiplyAdd(TLanes.Broadcast(a0[lda + p]), lanes, s1);
                s2 = TLanes.MultiplyAdd(TLanes.Broadcast(a0[2 * lda + p]), lanes, s2);
                s3 = TLanes.MultiplyAdd(TLanes.Broadcast(a0[3 * lda + p]), lanes, s3);
            }

            TLanes.Store(t0, s0);
            TLanes.Store(t0 + ldc, s1);
            TLanes.Store(t0 + 2 * ldc, s2);
            TLanes.Store(t0 + 3 * ldc, s3);
        }

        for (; row < m; row++)
        {
            var ar = a + (long)row * lda;
            var cr = c + (long)row * ldc;
            var sum = TLanes.Load(cr);
            for (var p = 0; p < k; p++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(ar[p]), TLanes.Load(b + (long)p * width), sum);
            }

            TLanes.Store(cr, sum);
        }
    }

    /// <summary>C[m, 16] += X[rows, m]^T Y[rows, 16], any m.</summary>
    public static void OuterNarrow<TLanes>(float* x, int ldx, float* y, int ldy, int m, int rows, float* c, int ldc)
        where TLanes : struct, ILanes<TLanes>
    {
        var row = 0;
        for (; row + 4 <= m; row += 4)
        {
            var x0 = x + row;
            var t0 = c + (long)row * ldc;
            TLanes s0 = TLanes.Load(t0), s1 = TLanes.Load(t0 + ldc), s2 = TLanes.Load(t0 + 2 * ldc), s3 = TLanes.Load(t0 + 3 * ldc);
            for (var r = 0; r < rows; r++, x0 += ldx)
            {
                var lanes = TLanes.Load(y + (long)r * ldy);
                s0 = TLanes.MultiplyAdd(TLanes.Broadcast(x0[0]), lanes, s0);
                s1 = TLanes.MultiplyAdd(TLanes.Broadcast(x0[1]), lanes, s1);
                s2 = TLanes.MultiplyAdd(TLanes.Broadcast(x0[2]), lanes, s2);
                s3 = TLanes.MultiplyAdd(TLanes.Broadcast(x0[3]), lanes, s3);
            }

            TLanes.Store(t0, s0);
            TLanes.Store(t0 + ldc, s1);
            TLanes.Store(t0 + 2 * ldc, s2);
            TLanes.Store(t0 + 3 * ldc, s3);
        }

        for (; row < m; row++)
        {
            var sum = TLanes.Load(c + (long)row * ldc);
            for (var r = 0; r < rows; r++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(x[(long)r * ldx + row]), TLanes.Load(y + (long)r * ldy), sum);
            }

            TLanes.Store(c + (long)row * ldc, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(float* p, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3)
    {
        v0 = Vector512.Load(p);
        v1 = Vector512.Load(p + 16);
        v2 = Vector512.Load(p + 32);
        v3 = Vector512.Load(p + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* p, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        v0.Store(p);
        v1.Store(p + 16);
        v2.Store(p + 32);
        v3.Store(p + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        float a, Vector512<float> b0, Vector512<float> b1, Vector512<float> b2, Vector512<float> b3,
        ref Vector512<float> c0, ref Vector512<float> c1, ref Vector512<float> c2, ref Vector512<float> c3)
    {
        var scalar = Vector512.Create(a);
        c0 = Vector512.FusedMultiplyAdd(scalar, b0, c0);
        c1 = Vector512.FusedMultiplyAdd(scalar, b1, c1);
        c2 = Vector512.FusedMultiplyAdd(scalar, b2, c2);
        c3 = Vector512.FusedMultiplyAdd(scalar, b3, c3);
    }
}
