using System.Text;

using Google.Protobuf;

namespace Tempera.Silo.Tests.Telemetry;

/// <summary>A protobuf message read by field numbers alone: what the OTLP wire format promises, without generated classes.</summary>
internal sealed class OtlpMessage
{
    private readonly List<(int Field, ByteString Value)> _fields = [];
    private readonly Dictionary<int, long> _numbers = [];

    public OtlpMessage(ByteString bytes)
    {
        var input = bytes.CreateCodedInput();
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                _fields.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes()));
            }
            else if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
            {
                _numbers[WireFormat.GetTagFieldNumber(tag)] = input.ReadInt64();
            }
            else
            {
                input.SkipLastField();
            }
        }
    }

    public IEnumerable<OtlpMessage> Messages(int field) =>
        _fields.Where(entry => entry.Field == field).Select(static entry => new OtlpMessage(entry.Value));

    public string Text(int field) => Last(field).ToString(Encoding.UTF8);

    public long? Number(int field) => _numbers.TryGetValue(field, out var number) ? number : null;

    public string Hex(int field) => Convert.ToHexStringLower(Last(field).Span);

    private ByteString Last(int field) =>
        _fields.Where(entry => entry.Field == field).Select(static entry => entry.Value).LastOrDefault(ByteString.Empty);
}
