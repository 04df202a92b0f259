using System.Buffers.Binary;
using System.Numerics;

namespace Tempera.Client.Exports.TensorBoard;

/// <summary>
/// TFRecord framing: length (uint64 LE), masked CRC-32C of those 8 bytes, data, masked CRC-32C of the data.
/// masked(c) = rotate_right(c, 15) + 0xa282ead8.
/// </summary>
internal static class RecordWriter
{
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>Writes one record.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> data)
    {
        Span<byte> header = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], MaskedCrc(header[..8]));
        Span<byte> footer = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, MaskedCrc(data));
        stream.Write(header);
        stream.Write(data);
        stream.Write(footer);
    }

    /// <summary>The masked CRC-32C (Castagnoli) of some bytes.</summary>
    public static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        var crc = ~0u;
        for (; data.Length >= 8; data = data[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (var b in data)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return BitOperations.RotateRight(~crc, 15) + MaskDelta;
    }
}
