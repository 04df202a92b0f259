using System.Text.Json;
using System.Text.Json.Nodes;

using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Running;

/// <summary>One JSON object a line: every event as the log has it, then <c>"event":"finished"</c>. Remarks go to standard error.</summary>
internal sealed class JsonProgressView(TextWriter output, TextWriter error, TimeProvider time, bool eventsToo) : IProgressView
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public void Header(RunOverview overview)
    {
    }

    /// <inheritdoc/>
    public void Note(string message) => error.WriteLine(message);

    /// <inheritdoc/>
    public async Task Follow(ProgressTracker tracker, IAsyncEnumerable<CampaignEvent> events)
    {
        var flushed = time.GetTimestamp();
        await foreach (var e in events)
        {
            tracker.Apply(e);
            if (eventsToo && e.Kind != CampaignEventKinds.Heartbeat)
            {
                output.WriteLine(CampaignEventJson.Write(e));
            }

            if (time.GetElapsedTime(flushed) >= FlushInterval)
            {
                output.Flush();
                flushed = time.GetTimestamp();
            }
        }

        output.Flush();
    }

    /// <inheritdoc/>
    public void Finish(RunOutcome outcome)
    {
        var s = outcome.Snapshot;
        var line = outcome.Last is { } last ? JsonNode.Parse(CampaignEventJson.Write(last))!.AsObject() : [];
        line["event"] = "finished";
        line["state"] = s.State.ToString().ToLowerInvariant();
        line["round"] = s.Round;
        line["target_round"] = s.TargetRound;
        line["oracle_calls"] = s.OracleCalls;
        line["modes"] = s.Modes;
        line["known_modes"] = s.KnownModes;
        line["calls_to_half"] = outcome.Discovery.CallsToHalf;
        line["calls_to_ninety"] = outcome.Discovery.CallsToNinety;
        line["modes_area"] = outcome.Discovery.ModesArea;
        line["best_score"] = s.BestScore;
        line["best_object"] = s.BestObject;
        line["failure"] = s.Failure;
        line["warning"] = s.Warning;
        line["campaign"] = s.Id;
        line["directory"] = outcome.Overview.Directory;
        output.WriteLine(line.ToJsonString(JsonSerializerOptions.Default));
        output.Flush();
    }
}
