using System.Runtime.InteropServices;

namespace Tempera.Model.Collections;

/// <summary>Objects and their log-rewards in order, as a checkpoint's JSON keeps them.</summary>
/// <param name="Objects">Packed objects, 16 bytes each, little endian.</param>
/// <param name="LogRewards">Their log R, 8 bytes each, little endian.</param>
public sealed record ScoredObjects(byte[] Objects, byte[] LogRewards)
{
    /// <summary>Packs two lists of one length.</summary>
    public static ScoredObjects Pack(ReadOnlySpan<UInt128> objects, ReadOnlySpan<double> logRewards) =>
        new(MemoryMarshal.AsBytes(objects).ToArray(), MemoryMarshal.AsBytes(logRewards).ToArray());

    /// <summary>The two lists.</summary>
    /// <exception cref="InvalidDataException">They differ in length.</exception>
    public (UInt128[] Objects, double[] LogRewards) Unpack()
    {
        var objects = MemoryMarshal.Cast<byte, UInt128>(Objects).ToArray();
        var logRewards = MemoryMarshal.Cast<byte, double>(LogRewards).ToArray();
        return objects.Length == logRewards.Length
            ? (objects, logRewards)
            : throw new InvalidDataException($"A list of scored objects has one reward an object; received {objects.Length} objects and {logRewards.Length} rewards. Use an older checkpoint.");
    }
}
