using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using Tempera.Client.Exports.TensorBoard;
using Tempera.Client.Tests.Fakes;
using Xunit;

using Xunit;

namespace Tempera.Client.Tests.Exports;

/// <summary>Event files decoded independently of their writer, checksums included.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private readonly TestCommandLine _tempera = new();

    [Fact]
    public void ChecksumIsCastagnoli()
    {
        // RFC 3720, appendix B.4: CRC-32C of 32 zero bytes and of 0..31.
        Assert.Equal(Mask(0x8A9136AA), RecordWriter.MaskedCrc(new byte[32]));
        Assert.Equal(Mask(0x46DD794E), RecordWriter.MaskedCrc([.. Enumerable.Range(0, 32).Select(static i => (byte)i)]));
        Assert.Equal(Mask(0xE3069283), RecordWriter.MaskedCrc(Encoding.ASCII.GetBytes("123456789")));

        static uint Mask(uint crc) => ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    [Fact]
    public async Task EveryRoundIsThereOnce()
    {
        await _tempera.Run("run", "rna1", "--rounds", "6");

        var events = Decode();

        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal([1, 2, 3, 4, 5, 6], events.Skip(1).Select(static e => (int)e.Step));
        var third = events[3].Scalars;
        Assert.Equal(["best_score", "clamped_share", "gradient_norm", "log_z", "loss", "mean_score", "modes", "oracle_calls", "replay_loss"], third.Keys.Order());
        Assert.Equal((400f / 3, 1f, 12f, 100f), (third["loss"], third["modes"], third["oracle_calls"], third["replay_loss"]));
        Assert.Equal(0.5, events[4].WallTime - events[3].WallTime, 6);
    }

    [Fact]
    public async Task NumbersThatAreNoneAreLeftOut()
    {
        await _tempera.Run("run", "rna1", "--rounds", "2");

        Assert.DoesNotContain("replay_loss", Decode()[1].Scalars.Keys);
    }

    [Fact]
    public async Task ResumedRunHasEveryStepOnce()
    {
        _tempera.Engine.Script = campaign => campaign.OnRound = round =>
        {
            if (round == 4)
            {
                _tempera.Interruptions.Send();
            }
        };
        await _tempera.Run("run", "rna1", "--rounds", "9");
        // A process that was killed leaves a torn record.
        File.AppendAllText(Assert.Single(Directory.GetFiles(Folder)), "torn");

        await _tempera.Run("resume", "rna1-seed0");

        Assert.Equal(Enumerable.Range(1, 9), Decode().Skip(1).Select(static e => (int)e.Step));
    }

    public void Dispose() => _tempera.Dispose();

    private string Folder => _tempera.At("runs/rna1-seed0/tensorboard");

    private List<DecodedEvent> Decode()
    {
        var bytes = File.ReadAllBytes(Assert.Single(Directory.GetFiles(Folder, "events.out.tfevents.*")));
        var events = new List<DecodedEvent>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(Crc(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            var data = bytes.AsSpan(at + 12, length);
            Assert.Equal(Crc(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            events.Add(Read(data.ToArray()));
            at += 16 + length;
        }

        return events;
    }

    private static DecodedEvent Read(byte[] data)
    {
        var result = new DecodedEvent();
        var input = new CodedInputStream(data);
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (tag >> 3)
            {
                case 1: result.WallTime = input.ReadDouble(); break;
                case 2: result.Step = input.ReadInt64(); break;
                case 3: result.FileVersion = input.ReadString(); break;
                case 5: ReadSummary(input.ReadBytes().ToByteArray(), result); break;
                default: Assert.Fail($"field {tag >> 3}"); break;
            }
        }

        return result;
    }

    private static void ReadSummary(byte[] data, DecodedEvent result)
    {
        var summary = new CodedInputStream(data);
        while (summary.ReadTag() is not 0)
        {
            var value = new CodedInputStream(summary.ReadBytes().ToByteArray());
            Assert.Equal(1u, value.ReadTag() >> 3);
            var name = value.ReadString();
            Assert.Equal(2u, value.ReadTag() >> 3);
            result.Scalars.Add(name, value.ReadFloat());
            Assert.True(value.IsAtEnd);
        }
    }

    /// <summary>CRC-32C one bit at a time, then masked.</summary>
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
            }
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;
    }

    private sealed class DecodedEvent
    {
        public double WallTime { get; set; }

        public long Step { get; set; }

        public string? FileVersion { get; set; }

        public Dictionary<string, float> Scalars { get; } = [];
    }
}
