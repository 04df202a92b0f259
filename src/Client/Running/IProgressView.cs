using Tempera.Client.Reporting;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Running;

/// <summary>Shows one run to whoever watches: a person at a terminal, a log file, a program.</summary>
internal interface IProgressView
{
    /// <summary>Introduces the run.</summary>
    void Header(RunOverview overview);

    /// <summary>A remark for people.</summary>
    void Note(string message);

    /// <summary>Consumes events until they end, feeding the tracker.</summary>
    Task Follow(ProgressTracker tracker, IAsyncEnumerable<CampaignEvent> events);

    /// <summary>Says how it ended.</summary>
    void Finish(RunOutcome outcome);
}

/// <summary>How a run ended.</summary>
/// <param name="Overview">What was run.</param>
/// <param name="Snapshot">The campaign's last state.</param>
/// <param name="Last">The last round event; null when no round was run or recorded.</param>
/// <param name="Files">Files of the run directory worth naming.</param>
/// <param name="Discovery">How soon the known modes were found.</param>
internal sealed record RunOutcome(
    RunOverview Overview, CampaignSnapshot Snapshot, CampaignEvent? Last, IReadOnlyList<string> Files, Discovery Discovery);
