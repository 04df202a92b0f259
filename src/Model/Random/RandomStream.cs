namespace Tempera.Model.Random;

/// <summary>
/// One counter-based stream of random numbers (Philox4x32-10): the number at a position is a pure function of root seed,
/// stream name, round and position, so a resumed run needs no generator state.
/// </summary>
/// <remarks>Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3". Checked against the published test vectors.</remarks>
public readonly struct RandomStream
{
    private readonly uint _key0;
    private readonly uint _key1;
    private readonly uint _name;
    private readonly uint _round;

    internal RandomStream(ulong seed, uint name, uint round)
    {
        (_key0, _key1, _name, _round) = ((uint)seed, (uint)(seed >> 32), name, round);
    }

    /// <summary>64 random bits at a position.</summary>
    public ulong Bits(ulong position)
    {
        var (x0, x1, x2, x3) = Philox(_key0, _key1, (uint)(position >> 1), (uint)(position >> 33), _name, _round);
        return (position & 1) == 0 ? x0 | ((ulong)x1 << 32) : x2 | ((ulong)x3 << 32);
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double Uniform(ulong position) => (Bits(position) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, 1), 24 bits, exactly representable in single precision.</summary>
    public float UniformSingle(ulong position) => (Bits(position) >> 40) * (1.0f / (1 << 24));

    /// <summary>The uniform numbers at positions 0, 1, ...: what <see cref="UniformSingle"/> gives there, two at the price of one.</summary>
    public void FillUniform(Span<float> numbers)
    {
        for (var i = 0; i < numbers.Length; i += 2)
        {
            var (_, x1, _, x3) = Philox(_key0, _key1, (uint)(i >> 1), 0, _name, _round);
            numbers[i] = (x1 >> 8) * (1.0f / (1 << 24));
            if (i + 1 < numbers.Length)
            {
                numbers[i + 1] = (x3 >> 8) * (1.0f / (1 << 24));
            }
        }
    }

    /// <summary>Uniform integer in [0, bound), bound at least 1.</summary>
    public long Below(ulong position, long bound) => (long)Math.BigMul(Bits(position), (ulong)bound, out _);

    /// <summary>Standard normal by the Box-Muller transform from the numbers at 2 position and 2 position + 1.</summary>
    public double Normal(ulong position) =>
        Math.Sqrt(-2 * Math.Log(1 - Uniform(2 * position))) * Math.Cos(2 * Math.PI * Uniform(2 * position + 1));

    internal static (uint X0, uint X1, uint X2, uint X3) Philox(uint key0, uint key1, uint c0, uint c1, uint c2, uint c3)
    {
        for (var i = 0; i < 10; i++)
        {
            var product0 = (ulong)0xD2511F53u * c0;
            var product1 = (ulong)0xCD9E8D57u * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ key1, (uint)product0);
            key0 += 0x9E3779B9u;
            key1 += 0xBB67AE85u;
        }

        return (c0, c1, c2, c3);
    }
}
