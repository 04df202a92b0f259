using System.Collections.Immutable;

namespace Tempera.Silo.Tools;

/// <summary>What <see cref="RoundBenchmark"/> measures.</summary>
public sealed record RoundBenchmarkOptions
{
    /// <summary>A built-in task; <c>tfbind8</c>, <c>qm9str</c> and <c>rna14</c> mean shapes, with scores that need no data. Default <c>rna1</c>.</summary>
    public string Task { get; init; } = "rna1";

    /// <summary>Settings by snake_case name, as for a campaign. Threads are 1 unless set here.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Seed of the rounds.</summary>
    public ulong Seed { get; init; }

    /// <summary>Rounds measured, 1..100,000. Default 500.</summary>
    public int Rounds { get; init; } = 500;

    /// <summary>Rounds before measuring, while the code is being compiled, 0..100,000. Default 200.</summary>
    public int WarmUp { get; init; } = 200;

    /// <summary>Also runs the rounds through the grains of an embedded silo and compares the wall time. Default false.</summary>
    public bool ThroughGrains { get; init; }

    /// <summary>Number of alternating pairs of blocks when comparing, 1..50; each block has <see cref="Rounds"/> rounds. Default 4.</summary>
    public int Pairs { get; init; } = 4;
}
