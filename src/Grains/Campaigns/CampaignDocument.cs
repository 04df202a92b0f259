using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;

using Tempera.Contracts.Campaigns;
using Tempera.Grains.Telemetry;

namespace Tempera.Grains.Campaigns;

/// <summary>The file <c>campaign.json</c>: what was asked for, and where the campaign stands. Written with conditions only.</summary>
internal sealed record CampaignDocument
{
    /// <summary>Format this code writes, and the newest it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Idempotency keys that are remembered.</summary>
    public const int MaxCommands = 200;

    /// <summary>Traced requests that are remembered.</summary>
    public const int MaxTraces = 20;

    /// <summary>Format of the file.</summary>
    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>Version of Tempera that wrote it.</summary>
    public required string TemperaVersion { get; init; }

    /// <summary>Campaign id.</summary>
    public required string Id { get; init; }

    /// <summary>The specification with every setting resolved.</summary>
    public required CampaignSpecification Specification { get; init; }

    /// <summary>Where the state machine stands.</summary>
    public required CampaignState State { get; init; }

    /// <summary>Lease epoch: raised by each writer before its first round.</summary>
    public long Epoch { get; init; }

    /// <summary>Where the latest epochs began, see <see cref="CampaignLineage"/>; none in a file that is older than this property.</summary>
    public ImmutableArray<EpochStart> Epochs { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Rounds asked for in total.</summary>
    public int TargetRound { get; init; }

    /// <summary>Counters at the newest checkpoint.</summary>
    public CampaignCounters Counters { get; init; } = CampaignCounters.Zero;

    /// <summary>Round of the newest durable checkpoint.</summary>
    public int? CheckpointRound { get; init; }

    /// <summary>Modes the task is known to have.</summary>
    public int? KnownModes { get; init; }

    /// <summary>Why it failed, and what to do.</summary>
    public string? Failure { get; init; }

    /// <summary>Keys of accepted Discover commands, oldest first.</summary>
    public ImmutableArray<string> Commands { get; init; } = [];

    /// <summary>Who asked for the rounds to come, oldest first; only requests within a trace, so that their rounds lie in it also on another silo.</summary>
    public ImmutableArray<TracedRequest> Traces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>When it was accepted, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this was written, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The document under the next epoch, which begins at a checkpoint's round.</summary>
    public CampaignDocument WithNextEpoch(int? checkpointRound) => this with
    {
        Epoch = Epoch + 1,
        Epochs = Lineage.Begin(Epoch + 1, checkpointRound ?? 0).Starts,
        State = CampaignState.Running,
        Failure = null,
        CheckpointRound = checkpointRound,
    };

    /// <summary>Which checkpoints belong to the campaign.</summary>
    [JsonIgnore]
    public CampaignLineage Lineage => new(Epochs);

    /// <summary>The document with a Discover command in it.</summary>
    /// <param name="key">Idempotency key.</param>
    /// <param name="rounds">Rounds asked for.</param>
    /// <param name="asking">The span that asks, or null.</param>
    public CampaignDocument WithCommand(string key, int rounds, Activity? asking)
    {
        var target = (int)Math.Min(int.MaxValue, (long)TargetRound + rounds);
        return this with
        {
            TargetRound = target,
            Commands = Commands.Length < MaxCommands ? Commands.Add(key) : Commands.RemoveAt(0).Add(key),
            Traces = TracesWith(Traces.Where(trace => trace.Target > Counters.Round), TracedRequest.Of(asking, TargetRound, target)),
        };
    }

    /// <summary>The document after somebody asked for the rounds that are left; a null span leaves whose they are.</summary>
    public CampaignDocument WithResume(Activity? asking) =>
        TracedRequest.Of(asking, Counters.Round, TargetRound) is { } request ? this with { Traces = [request] } : this;

    /// <summary>The traced request for a round; null when nobody asked for it within a trace.</summary>
    public TracedRequest? TraceOf(int round)
    {
        foreach (var trace in Traces)
        {
            if (trace.Covers(round))
            {
                return trace;
            }
        }

        return null;
    }

    private static ImmutableArray<TracedRequest> TracesWith(IEnumerable<TracedRequest> before, TracedRequest? request) =>
        [.. before.Concat(request is null ? [] : [request]).TakeLast(MaxTraces)];
}

/// <summary>What a campaign has reached. All are functions of the specification and the round.</summary>
/// <param name="Round">Rounds committed.</param>
/// <param name="OracleCalls">Unique oracle calls: distinct objects evaluated in the committed rounds.</param>
/// <param name="Modes">Modes discovered.</param>
/// <param name="BestScore">Best raw score; null before the first evaluation.</param>
/// <param name="BestObject">The object with it, as text.</param>
internal sealed record CampaignCounters(int Round, long OracleCalls, int Modes, double? BestScore, string? BestObject)
{
    /// <summary>Those of a campaign that has not begun.</summary>
    public static readonly CampaignCounters Zero = new(0, 0, 0, null, null);
}
