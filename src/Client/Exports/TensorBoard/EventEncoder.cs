using Google.Protobuf;

namespace Tempera.Client.Exports.TensorBoard;

/// <summary>
/// TensorBoard's <c>Event</c> message: wall_time (1, double), step (2, int64), file_version (3, string),
/// summary (5) of repeated value (1) with tag (1, string) and simple_value (2, float).
/// </summary>
internal sealed class EventEncoder
{
    private readonly MemoryStream _event = new();
    private readonly MemoryStream _summary = new();

    /// <summary>The first event of a file.</summary>
    public ReadOnlySpan<byte> FileVersion(double wallTime)
    {
        _event.SetLength(0);
        using (var output = new CodedOutputStream(_event, leaveOpen: true))
        {
            WriteWallTime(output, wallTime);
            output.WriteTag(3, WireFormat.WireType.LengthDelimited);
            output.WriteString("brain.Event:2");
        }

        return Bytes(_event);
    }

    /// <summary>The scalars of one step; those that are not numbers are left out.</summary>
    public ReadOnlySpan<byte> Scalars(double wallTime, long step, ReadOnlySpan<(string Tag, double Value)> scalars)
    {
        _summary.SetLength(0);
        using (var output = new CodedOutputStream(_summary, leaveOpen: true))
        {
            foreach (var (tag, value) in scalars)
            {
                if (double.IsFinite(value))
                {
                    output.WriteTag(1, WireFormat.WireType.LengthDelimited);
                    output.WriteLength(1 + CodedOutputStream.ComputeStringSize(tag) + 1 + sizeof(float));
                    output.WriteTag(1, WireFormat.WireType.LengthDelimited);
                    output.WriteString(tag);
                    output.WriteTag(2, WireFormat.WireType.Fixed32);
                    output.WriteFloat((float)value);
                }
            }
        }

        _event.SetLength(0);
        using (var output = new CodedOutputStream(_event, leaveOpen: true))
        {
            WriteWallTime(output, wallTime);
            output.WriteTag(2, WireFormat.WireType.Varint);
            output.WriteInt64(step);
            output.WriteTag(5, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(Bytes(_summary)));
        }

        return Bytes(_event);
    }

    private static void WriteWallTime(CodedOutputStream output, double wallTime)
    {
        output.WriteTag(1, WireFormat.WireType.Fixed64);
        output.WriteDouble(wallTime);
    }

    private static ReadOnlySpan<byte> Bytes(MemoryStream stream) => stream.GetBuffer().AsSpan(0, (int)stream.Length);
}
