using System.Collections.Concurrent;

using Tempera.Grains.Tasks;
using Tempera.Model.Oracles;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Grains.Tests.Fixtures;

/// <summary>Tasks for tests: <c>walk</c> over all 4-letter strings of 5, <c>other</c>, and <c>broken</c> whose oracle fails.</summary>
internal sealed class WalkTaskProvider : ITaskProvider
{
    public CountingOracle Oracle { get; } = new();

    public DesignTask Create(string name, IDictionary<string, string> settings) => new()
    {
        Name = name is "walk" or "other" or "broken" ? name : throw new SettingException("task", $"A task is walk, other or broken; received '{name}'. Choose one."),
        Description = "test",
        Source = "test",
        Space = new AppendSpace("ACGT", 5),
        Oracle = name == "broken" ? new BrokenOracle() : Oracle,
        Reward = new RewardScale(1, 1, 1),
        Defaults = new TaskDefaults(20, 8, 0.1),
        Modes = new EvenRule(),
    };

    private sealed class BrokenOracle : IOracle
    {
        public string Version => "broken 1";

        public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores) => throw new InvalidOperationException("the instrument is on fire");
    }

    private sealed class EvenRule : IModeRule
    {
        public string Definition => "score above 0.9";

        public int? KnownCount => 102;

        public bool IsMode(UInt128 terminal, double score) => score > 0.9;
    }
}

/// <summary>Scores by a hash and remembers what it was asked for.</summary>
internal sealed class CountingOracle : IOracle
{
    public string Version => "counting 1";

    /// <summary>Every object scored, in order.</summary>
    public ConcurrentQueue<UInt128> Scored { get; } = new();

    /// <summary>Called before a batch is scored.</summary>
    public Action? BeforeScore { get; set; }

    public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
    {
        BeforeScore?.Invoke();
        for (var i = 0; i < objects.Length; i++)
        {
            Scored.Enqueue(objects[i]);
            scores[i] = ScoreOf(objects[i]);
        }
    }

    public static double ScoreOf(UInt128 packed)
    {
        var x = (ulong)packed * 0x9E3779B97F4A7C15UL;
        x ^= x >> 29;
        x *= 0xBF58476D1CE4E5B9UL;
        return ((x >> 11) + 1) * (1.0 / (1UL << 53));
    }
}
