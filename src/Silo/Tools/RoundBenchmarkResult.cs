namespace Tempera.Silo.Tools;

/// <summary>What a round costs on this machine. A round is proposing, scoring, replay, looking for modes, and learning.</summary>
public sealed record RoundBenchmarkResult
{
    /// <summary>Task.</summary>
    public required string Task { get; init; }

    /// <summary>Compute device.</summary>
    public required string Device { get; init; }

    /// <summary>Threads of the engine.</summary>
    public required int Threads { get; init; }

    /// <summary>Trajectories proposed a round.</summary>
    public required int Batch { get; init; }

    /// <summary>Hidden width.</summary>
    public required int Width { get; init; }

    /// <summary>How an edge is scored.</summary>
    public required string Parametrization { get; init; }

    /// <summary>Rounds measured.</summary>
    public required int Rounds { get; init; }

    /// <summary>CPU time of the process a round, milliseconds, median over the rounds.</summary>
    public required double CpuMsPerRound { get; init; }

    /// <summary>Wall time a round, milliseconds, median over the rounds.</summary>
    public required double WallMsPerRound { get; init; }

    /// <summary>Floating-point operations of matrix products a round, counted, in 10^9; mean over the rounds.</summary>
    public required double GflopPerRound { get; init; }

    /// <summary>What the matrix kernel reaches on one core on operands in the nearest cache, GFLOP/s, in this process.</summary>
    public required double PeakGflops { get; init; }

    /// <summary>Counted operations over CPU time and peak: the share of the round's CPU time that ideal matrix products would take.</summary>
    public required double ShareOfPeak { get; init; }

    /// <summary>Managed memory allocated a round, bytes, mean over the rounds; the growing replay buffer included.</summary>
    public required double AllocatedBytesPerRound { get; init; }

    /// <summary>Times the host waited for the device a round, mean over the rounds.</summary>
    public required double WaitsPerRound { get; init; }

    /// <summary>Share of the wall time spent in these waits.</summary>
    public required double WaitShare { get; init; }

    /// <summary>Trajectories drawn or replayed a second of wall time.</summary>
    public required double TrajectoriesPerSecond { get; init; }

    /// <summary>Distinct objects scored, warm-up included.</summary>
    public required int UniqueObjects { get; init; }

    /// <summary>The same rounds through the grains; null when not asked for.</summary>
    public GrainsComparison? Grains { get; init; }
}

/// <summary>Rounds driven through the grains against the same rounds without them, in alternating blocks in one process.</summary>
/// <param name="Pairs">Pairs of blocks.</param>
/// <param name="RoundsPerBlock">Rounds of a block.</param>
/// <param name="DirectWallMsPerRound">Wall time a round without grains, milliseconds, median over the blocks.</param>
/// <param name="GrainsWallMsPerRound">Wall time a round through the grains with all they store, milliseconds, median over the blocks.</param>
/// <param name="WallRatio">Median over the pairs of grains / direct.</param>
public sealed record GrainsComparison(
    int Pairs, int RoundsPerBlock, double DirectWallMsPerRound, double GrainsWallMsPerRound, double WallRatio);
