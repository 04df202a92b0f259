using System.Collections.Immutable;
using System.Globalization;

namespace Tempera.Client.Benchmarking;

/// <summary>A published claim, and the runs that check it: every arm on every task with every seed.</summary>
/// <param name="Name">Name a user types.</param>
/// <param name="Question">What the suite answers, one sentence.</param>
internal sealed record Suite(string Name, string Question)
{
    /// <summary>Design problems.</summary>
    public required ImmutableArray<SuiteTask> Tasks { get; init; }

    /// <summary>What is compared; the first is what the others are held against.</summary>
    public required ImmutableArray<SuiteArm> Arms { get; init; }

    /// <summary>Inverse temperatures at which every policy is evaluated at the end.</summary>
    public ImmutableArray<float> Betas { get; init; } = [1, 2, 3];

    /// <summary>True where a mean score over beta is the figure, and not discovery.</summary>
    public bool IsOffline { get; init; }
}

/// <summary>A design problem of a suite.</summary>
/// <param name="Name">Built-in task.</param>
/// <param name="Rounds">Rounds of a run.</param>
internal sealed record SuiteTask(string Name, int Rounds)
{
    /// <summary>Settings of every arm on this task.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>One of the things compared.</summary>
/// <param name="Label">Name in tables and plots.</param>
/// <param name="Settings">Settings that make the difference.</param>
internal sealed record SuiteArm(string Label, ImmutableSortedDictionary<string, string> Settings)
{
    /// <summary>Unique oracle calls of a run at most; null where rounds alone end it.</summary>
    public long? Budget { get; init; }

    /// <summary>Settings as <c>key=value</c> words, the budget among them.</summary>
    public IEnumerable<string> Words => Settings.Select(static pair => $"{pair.Key}={pair.Value}")
        .Concat(Budget is { } budget ? [string.Create(CultureInfo.InvariantCulture, $"budget={budget}")] : []);

    /// <summary>An arm of settings as <c>key=value</c> words.</summary>
    public static SuiteArm Of(string label, params string[] settings) => new(label, settings
        .Select(static text => text.Split('=', 2))
        .ToImmutableSortedDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal));
}
