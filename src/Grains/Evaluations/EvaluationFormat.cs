using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

using Tempera.Contracts.Errors;

namespace Tempera.Grains.Evaluations;

/// <summary>
/// A record of the evaluation log, little endian: magic "TEVL", version u16, 0 u16, round i32, count i32, oracle u64, CRC-32C
/// of these 24 bytes, CRC-32C of the body; then the body: count objects of 16 bytes, count betas as float32, count scores as float64.
/// </summary>
/// <remarks>Magic, version and the header's CRC stay where they are in every version, so that an old reader knows a newer record from a damaged one.</remarks>
internal static class EvaluationFormat
{
    /// <summary>Version this code writes, and the newest it reads.</summary>
    public const ushort Version = 1;

    /// <summary>Bytes before the body.</summary>
    public const int HeaderBytes = 32;

    /// <summary>Bytes of the body an evaluation takes.</summary>
    public const int EntryBytes = 16 + sizeof(float) + sizeof(double);

    private const uint Magic = 0x4C564554;
    private const int ChecksumOffset = 24;

    /// <summary>The hash of an oracle's version that records carry.</summary>
    public static ulong OracleHash(string version) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(version)));

    /// <summary>Bytes of a record.</summary>
    public static int RecordBytes(int count) => HeaderBytes + count * EntryBytes;

    /// <summary>Writes a record into a span of <see cref="RecordBytes"/>.</summary>
    public static void Write(
        Span<byte> record, int round, ulong oracle, ReadOnlySpan<UInt128> objects, ReadOnlySpan<float> betas, ReadOnlySpan<double> scores)
    {
        var body = record[HeaderBytes..];
        MemoryMarshal.AsBytes(objects).CopyTo(body);
        MemoryMarshal.AsBytes(betas).CopyTo(body[(objects.Length * 16)..]);
        MemoryMarshal.AsBytes(scores).CopyTo(body[(objects.Length * 20)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(record[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(record[6..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], round);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], objects.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(record[16..], oracle);
        BinaryPrimitives.WriteUInt32LittleEndian(record[ChecksumOffset..], Checksum(record[..ChecksumOffset]));
        BinaryPrimitives.WriteUInt32LittleEndian(record[(ChecksumOffset + 4)..], Checksum(body));
    }

    /// <summary>Reads the records of a segment up to the first that is not whole.</summary>
    /// <exception cref="TemperaException">A record was written by a newer version.</exception>
    public static (IReadOnlyList<EvaluationBatch> Batches, string? Damage) ReadAll(string name, ReadOnlySpan<byte> segment)
    {
        var batches = new List<EvaluationBatch>();
        var position = 0;
        while (position < segment.Length)
        {
            if (Read(name, segment[position..], out var damage) is not { } batch)
            {
                return (batches, $"{name} is damaged at byte {position} of {segment.Length} ({damage}); its first {batches.Count} records are used.");
            }

            batches.Add(batch);
            position += RecordBytes(batch.Objects.Length);
        }

        return (batches, null);
    }

    private static EvaluationBatch? Read(string name, ReadOnlySpan<byte> bytes, out string damage)
    {
        damage = "the last record is cut off";
        if (bytes.Length < HeaderBytes)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        var intact = BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) == Checksum(bytes[..ChecksumOffset]);
        if (!intact || count < 0)
        {
            damage = "a record's header does not match its checksum";
            return null;
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        if (version > Version)
        {
            throw new TemperaException(TemperaError.NewerFormat,
                $"This version reads evaluation logs up to format {Version}; {name} has format {version}. Use the version of Tempera that wrote it, or a newer one.");
        }

        if (bytes.Length - HeaderBytes < (long)count * EntryBytes)
        {
            return null;
        }

        var body = bytes.Slice(HeaderBytes, count * EntryBytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[(ChecksumOffset + 4)..]) != Checksum(body))
        {
            damage = "a record does not match its checksum";
            return null;
        }

        return new EvaluationBatch(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            MemoryMarshal.Cast<byte, UInt128>(body[..(count * 16)]).ToArray(),
            MemoryMarshal.Cast<byte, float>(body[(count * 16)..(count * 20)]).ToArray(),
            MemoryMarshal.Cast<byte, double>(body[(count * 20)..]).ToArray());
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var value in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
