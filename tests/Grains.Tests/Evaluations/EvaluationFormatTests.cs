using Tempera.Contracts.Errors;
using Tempera.Grains.Evaluations;

using Xunit;

namespace Tempera.Grains.Tests.Evaluations;

public sealed class EvaluationFormatTests
{
    private const ulong Oracle = 42;

    private static readonly int[] Counts = [3, 0, 5];

    [Fact]
    public void Records_are_read_back_exactly()
    {
        var (batches, damage) = EvaluationFormat.ReadAll("s", Segment());
        Assert.Null(damage);
        Assert.Equal(Counts, batches.Select(static batch => batch.Objects.Length));
        Assert.Equal([1, 2, 3], batches.Select(static batch => batch.Round));
        var (objects, betas, scores) = Entries(5);
        Assert.Equal(objects, batches[2].Objects);
        Assert.Equal(betas, batches[2].Betas);
        Assert.Equal(scores, batches[2].Scores);
        Assert.All(batches, static batch => Assert.Equal(Oracle, batch.Oracle));
    }

    [Fact]
    public void The_layout_is_the_documented_one()
    {
        var record = Record(0x0A0B, 1, Oracle);
        Assert.Equal(EvaluationFormat.RecordBytes(1), record.Length);
        Assert.Equal("5445564C" + "0100" + "0000" + "0B0A0000" + "01000000" + "2A00000000000000", Convert.ToHexString(record.AsSpan(0, 24)));
        Assert.Equal("01000000000000000000000000000080", Convert.ToHexString(record.AsSpan(32, 16)));
    }

    [Fact]
    public void The_checksum_is_CRC_32C()
    {
        // The header's checksum of a known record, computed bit by bit from the Castagnoli polynomial.
        var record = Record(1, 1, Oracle);
        var crc = uint.MaxValue;
        foreach (var value in record.AsSpan(0, 24))
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
            }
        }

        Assert.Equal(~crc, BitConverter.ToUInt32(record, 24));
    }

    [Fact]
    public void A_segment_cut_anywhere_gives_every_whole_record_and_reports_the_rest()
    {
        var segment = Segment();
        var ends = new List<int> { 0 };
        foreach (var count in Counts)
        {
            ends.Add(ends[^1] + EvaluationFormat.RecordBytes(count));
        }

        for (var length = 0; length < segment.Length; length++)
        {
            var (batches, damage) = EvaluationFormat.ReadAll("s", segment.AsSpan(0, length));
            Assert.Equal(ends.Count(end => end <= length) - 1, batches.Count);
            Assert.Equal(!ends.Contains(length), damage is not null);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_ends_the_intact_part_before_its_record()
    {
        var segment = Segment();
        var first = EvaluationFormat.RecordBytes(Counts[0]);
        for (var position = 0; position < segment.Length; position++)
        {
            var altered = (byte[])segment.Clone();
            altered[position] ^= 0x10;
            var (batches, damage) = EvaluationFormat.ReadAll("s", altered);
            Assert.NotNull(damage);
            Assert.Equal(position < first ? 0 : position < first + EvaluationFormat.HeaderBytes ? 1 : 2, batches.Count);
        }
    }

    [Fact]
    public void A_newer_format_is_refused_with_what_to_do()
    {
        var record = Record(1, 1, Oracle);
        record[4] = 2;
        BitConverter.TryWriteBytes(record.AsSpan(24), Crc(record.AsSpan(0, 24)));
        var error = Assert.Throws<TemperaException>(() => EvaluationFormat.ReadAll("evaluations/000001.log", record));
        Assert.Equal(TemperaError.NewerFormat, error.Code);
        Assert.Contains("evaluations/000001.log", error.Message);
        Assert.Contains("newer one", error.Message);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    private static byte[] Segment() => [.. Counts.SelectMany(static (count, i) => Record(i + 1, count, Oracle))];

    private static byte[] Record(int round, int count, ulong oracle)
    {
        var record = new byte[EvaluationFormat.RecordBytes(count)];
        var (objects, betas, scores) = Entries(count);
        EvaluationFormat.Write(record, round, oracle, objects, betas, scores);
        return record;
    }

    private static (UInt128[] Objects, float[] Betas, double[] Scores) Entries(int count) => (
        [.. Enumerable.Range(0, count).Select(static i => new UInt128(1UL << 63, (ulong)i + 1))],
        [.. Enumerable.Range(0, count).Select(static i => 1.1f + i)],
        [.. Enumerable.Range(0, count).Select(static i => Math.PI * i)]);
}
