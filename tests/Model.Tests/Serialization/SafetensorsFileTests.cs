using System.Buffers.Binary;
using System.Text;
using Tempera.Model.Serialization;
using Xunit;

namespace Tempera.Model.Tests.Serialization;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void LayoutAgreesWithBytesWrittenByHand()
    {
        // The header of 57 characters is padded to 64 = 0x40; 1 = 3F800000, -2 = C0000000.
        byte[] expected =
        [
            0x40, 0, 0, 0, 0, 0, 0, 0,
            .. """{"ww":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}       """u8,
            0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0,
        ];
        Assert.Equal(expected, SafetensorsFile.ToBytes([new NamedTensor("ww", [1, 2], new float[] { 1, -2 })]));
    }

    [Fact]
    public void RoundTripKeepsEveryBit()
    {
        NamedTensor[] tensors =
        [
            new("forward.scorer.0.weight", [3, 2], new[] { float.NaN, float.NegativeInfinity, -0f, float.Epsilon, 1e38f, BitConverter.UInt32BitsToSingle(0x7FA00001) }),
            new("empty", [0, 5], Array.Empty<float>()),
            new("scalar", [], new[] { 4f }),
            new("naïve \"β\"\n", [1], new[] { 5f }),
        ];
        var metadata = new Dictionary<string, string> { ["round"] = "12", ["format"] = "tempera" };
        var file = SafetensorsFile.ToBytes(tensors, metadata);
        Assert.Equal(0u, BinaryPrimitives.ReadUInt64LittleEndian(file) % 8);
        AssertSame(tensors, SafetensorsFile.Read(file));
        AssertSame(tensors, SafetensorsFile.Read(new MemoryStream(file)));
        Assert.Equal(metadata.OrderBy(pair => pair.Key), SafetensorsFile.ReadMetadata(file).OrderBy(pair => pair.Key));
        Assert.Equal(file, SafetensorsFile.ToBytes(SafetensorsFile.Read(file), metadata));
    }

    [Fact]
    public void AnEmptyListRoundTrips() => Assert.Empty(SafetensorsFile.Read(SafetensorsFile.ToBytes([])));

    [Fact]
    public void EveryTruncationIsRefused()
    {
        var file = Small();
        var target = Target();
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(file.AsSpan(0, length)));
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.ReadInto(file.AsSpan(0, length), target));
        }

        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read([.. file, 0]));
        Assert.All(target, tensor => Assert.All(tensor.Values.ToArray(), value => Assert.Equal(7, value)));
    }

    [Fact]
    public void AFlippedHeaderBitIsRefusedOrHarmless()
    {
        var file = Small();
        var headerEnd = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var refused = 0;
        for (var bit = 0; bit < headerEnd * 8; bit++)
        {
            var damaged = file.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var target = Target();
            try
            {
                SafetensorsFile.ReadInto(damaged, target);

                // A blank of the padding that became another kind of white space changes nothing.
                Assert.Equal([1f, 2f], target[0].Values.ToArray());
                Assert.Equal([3f], target[1].Values.ToArray());
            }
            catch (InvalidDataException)
            {
                refused++;
                Assert.All(target, tensor => Assert.All(tensor.Values.ToArray(), value => Assert.Equal(7, value)));
            }
        }

        Assert.InRange(refused, headerEnd * 8 - 64, headerEnd * 8);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", 8, "float32 (F32)")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "no dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "8 bytes of its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole numbers from 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,6]}}""", 6, "whole numbers from 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "whole numbers from 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,4],"data_offsets":[0,4]}}""", 4, "bytes of its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296,4294967296],"data_offsets":[0,4]}}""", 4, "dimensions of at most")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "at most 8 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "offsets 4 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "without holes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}""", 4, "only; got x")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "repeated names")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "repeated names")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "as many bytes of data")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "text only")]
    [InlineData("""{"__metadata__":[]}""", 0, "an object as __metadata__")]
    [InlineData("""{"a":1}""", 0, "by an object")]
    [InlineData("""[]""", 0, "begin its header with '{'")]
    [InlineData("""{"a":""", 0, "one valid JSON object")]
    [InlineData("""{} {}""", 0, "one valid JSON object")]
    [InlineData("""{"__metadata__":{"x":"\ud800"}}""", 0, "one valid JSON object")]
    public void BrokenRulesAreNamed(string header, int dataBytes, string rule)
    {
        var exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(File(header, dataBytes)));
        Assert.Contains(rule, exception.Message);
        Assert.EndsWith("Use an undamaged copy of the file.", exception.Message);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(1ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1ul << 32)]
    [InlineData((16ul << 20) + 1)]
    public void AbsurdHeaderLengthsAreRefused(ulong length)
    {
        var file = Small();
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(file));
    }

    [Fact]
    public void ReadIntoFillsExistingTensorsWhateverTheirOrder()
    {
        var target = Target();
        SafetensorsFile.ReadInto(new MemoryStream(Small()), [target[1], target[0]]);
        Assert.Equal([1f, 2f], target[0].Values.ToArray());
        Assert.Equal([3f], target[1].Values.ToArray());
    }

    [Fact]
    public void ReadIntoRefusesOtherTensorsBeforeWriting()
    {
        var target = Target();
        AssertRefused("'c' is missing", [target[0], target[1], new NamedTensor("c", [1], new float[1])]);
        AssertRefused("got 'b'", [target[0]]);
        AssertRefused("'b' must have shape [1]; the file has [1, 1]", [target[0], target[1] with { Shape = [1] }]);
        Assert.Throws<ArgumentException>(() => SafetensorsFile.ReadInto(Small(), [target[0], target[1] with { Values = new float[2] }]));
        Assert.All(target, tensor => Assert.All(tensor.Values.ToArray(), value => Assert.Equal(7, value)));

        static void AssertRefused(string part, IReadOnlyList<NamedTensor> tensors) =>
            Assert.Contains(part, Assert.Throws<InvalidDataException>(() => SafetensorsFile.ReadInto(Small(), tensors)).Message);
    }

    [Fact]
    public void WritingRefusesBadTensorsBeforeTheFirstByte()
    {
        var stream = new MemoryStream();
        var good = new NamedTensor("a", [1], new float[1]);
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(stream, [good, good]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(stream, [good with { Name = "__metadata__" }]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(stream, [good with { Shape = [2] }]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(stream, [good with { Shape = [-1, -1] }]));
        Assert.Equal(0, stream.Length);
    }

    private static byte[] Small() => SafetensorsFile.ToBytes([new("a", [2], new[] { 1f, 2f }), new("b", [1, 1], new[] { 3f })]);

    private static NamedTensor[] Target() => [new("a", [2], new[] { 7f, 7f }), new("b", [1, 1], new[] { 7f })];

    private static byte[] File(string header, int dataBytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        return file;
    }

    private static void AssertSame(IReadOnlyList<NamedTensor> expected, IReadOnlyList<NamedTensor> actual)
    {
        // Empty tensors sort before those that begin at the same place, so compare by name.
        Assert.Equal(expected.Select(tensor => tensor.Name).Order(), actual.Select(tensor => tensor.Name).Order());
        foreach (var tensor in expected)
        {
            var other = actual.Single(candidate => candidate.Name == tensor.Name);
            Assert.Equal(tensor.Shape, other.Shape);
            Assert.Equal(tensor.Values.ToArray().Select(BitConverter.SingleToUInt32Bits), other.Values.ToArray().Select(BitConverter.SingleToUInt32Bits));
        }
    }
}
