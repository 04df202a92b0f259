using System.Collections.Immutable;

namespace Tempera.Client.Benchmarking;

/// <summary>How much of a suite to run, and where.</summary>
internal sealed record SuitePlan
{
    /// <summary>The share of the rounds that a quick version runs, as a divisor.</summary>
    public const int QuickDivisor = 100;

    /// <summary>What to run.</summary>
    public required Suite Suite { get; init; }

    /// <summary>Directory of the results.</summary>
    public required string Directory { get; init; }

    /// <summary>Seeds, from 0.</summary>
    public required int Seeds { get; init; }

    /// <summary>Runs at a time.</summary>
    public required int Jobs { get; init; }

    /// <summary>A hundredth of the rounds: everything is exercised and nothing is proved.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Settings of all runs, over those of tasks and arms.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Directory of the campaigns.</summary>
    public string RunsDirectory => Path.Combine(Directory, "runs");

    /// <summary>Samples of an evaluation.</summary>
    public int Samples => IsQuick ? 200 : 2048;

    /// <summary>Rounds of a run.</summary>
    public int Rounds(SuiteTask task) => IsQuick ? Math.Max(20, task.Rounds / QuickDivisor) : task.Rounds;
}
