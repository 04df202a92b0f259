using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tempera.Model.Engines.Simd;

/// <summary>Sixteen lanes in two 256-bit vectors.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Lanes256>
{
    private readonly Vector256<float> _lower;
    private readonly Vector256<float> _upper;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes256(Vector256<float> lower, Vector256<float> upper) => (_lower, _upper) = (lower, upper);

    public static Lanes256 Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source), Vector256.Load(source + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(float value) => new(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Lanes256 value)
    {
        value._lower.Store(target);
        value._upper.Store(target + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) =>
        new(Vector256.FusedMultiplyAdd(a._lower, b._lower, c._lower), Vector256.FusedMultiplyAdd(a._upper, b._upper, c._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Add(Lanes256 a, Lanes256 b) => new(a._lower + b._lower, a._upper + b._upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Multiply(Lanes256 a, Lanes256 b) => new(a._lower * b._lower, a._upper * b._upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Divide(Lanes256 a, Lanes256 b) => new(a._lower / b._lower, a._upper / b._upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 a) => new(Vector256.Sqrt(a._lower), Vector256.Sqrt(a._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LeakyRelu(Lanes256 x, Lanes256 slope) =>
        new(Select(x._lower, x._lower, slope._lower), Select(x._upper, x._upper, slope._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LeakyReluGradient(Lanes256 g, Lanes256 activation, Lanes256 slope) =>
        new(Select(activation._lower, g._lower, slope._lower), Select(activation._upper, g._upper, slope._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes256 a) => Sum8(a._lower + a._upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum8(Vector256<float> v)
    {
        var four = v.GetLower() + v.GetUpper();
        return (four.GetElement(0) + four.GetElement(2)) + (four.GetElement(1) + four.GetElement(3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Select(Vector256<float> sign, Vector256<float> value, Vector256<float> slope) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(sign, Vector256<float>.Zero), value, value * slope);
}
