using BenchmarkDotNet.Attributes;

using Tempera.Model.Random;
using Tempera.Model.Replay;
using Tempera.Model.Tasks;

namespace Tempera.Benchmarks;

/// <summary>A prioritised batch from a buffer as large as a long run fills it.</summary>
[MemoryDiagnoser]
public class ReplayBenchmarks
{
    private readonly RandomStreams _streams = new(1);
    private readonly ReplayBuffer _buffer = new(new RewardScale(8, 10, 1));
    private readonly int[] _rows = new int[32];
    private int _round;

    /// <summary>Unique objects in the buffer.</summary>
    [Params(10_000, 100_000)]
    public int Objects { get; set; }

    /// <summary>Fills the buffer.</summary>
    [GlobalSetup]
    public void Fill()
    {
        var random = _streams.At(RandomStreams.Oracle, 0);
        for (var i = 0; i < Objects; i++)
        {
            _buffer.Append(1, [(UInt128)i], [random.Uniform((ulong)i)], [1f]);
        }
    }

    /// <summary>Draws one batch.</summary>
    [Benchmark]
    public int Draw() => _buffer.Draw(++_round, _streams, _rows.Length, 0.9, 0.5, _rows);
}
