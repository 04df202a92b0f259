namespace Tempera.Model.Engines.Simd;

/// <summary>
/// Sixteen single-precision lanes. Kernels written against this interface compute the same bits on every vector width,
/// because the lanes, and the order in which <see cref="Sum"/> adds them, are the same.
/// </summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Lanes of one value.</summary>
    const int Count = 16;

    static abstract TSelf Zero { get; }

    static abstract TSelf Load(float* source);

    static abstract TSelf Broadcast(float value);

    static abstract void Store(float* target, TSelf value);

    /// <summary>a b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Add(TSelf a, TSelf b);

    static abstract TSelf Multiply(TSelf a, TSelf b);

    static abstract TSelf Divide(TSelf a, TSelf b);

    static abstract TSelf Sqrt(TSelf a);

    /// <summary>LeakyReLU: x where x is positive, else slope x.</summary>
    static abstract TSelf LeakyRelu(TSelf x, TSelf slope);

    /// <summary>g where the activation is positive, else slope g: LeakyReLU keeps the sign, so its output tells its derivative.</summary>
    static abstract TSelf LeakyReluGradient(TSelf g, TSelf activation, TSelf slope);

    /// <summary>All lanes added: lane i and i + 8 first, then i and i + 4, i + 2, i + 1.</summary>
    static abstract float Sum(TSelf a);
}
