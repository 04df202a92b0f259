using System.Runtime.InteropServices;

namespace Tempera.Grains.Serialization;

/// <summary>Between arrays and the bytes that grain messages carry, little endian.</summary>
internal static class Packed
{
    /// <summary>The values as bytes.</summary>
    public static byte[] ToBytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    /// <summary>A view of bytes as packed objects.</summary>
    public static ReadOnlySpan<UInt128> Objects(byte[] bytes) => MemoryMarshal.Cast<byte, UInt128>(bytes);

    /// <summary>A view of bytes as scores.</summary>
    public static ReadOnlySpan<double> Doubles(byte[] bytes) => MemoryMarshal.Cast<byte, double>(bytes);

    /// <summary>A view of bytes as whole numbers.</summary>
    public static ReadOnlySpan<int> Wholes(byte[] bytes) => MemoryMarshal.Cast<byte, int>(bytes);

    /// <summary>A view of bytes as betas.</summary>
    public static ReadOnlySpan<float> Singles(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes);
}
