using Tempera.Client.Running;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Benchmarking;

/// <summary>Says nothing and keeps how a run ended.</summary>
internal sealed class SuiteView : IProgressView
{
    /// <summary>The end of the run; null before it.</summary>
    public RunOutcome? Outcome { get; private set; }

    /// <inheritdoc/>
    public void Header(RunOverview overview)
    {
    }

    /// <inheritdoc/>
    public void Note(string message)
    {
    }

    /// <inheritdoc/>
    public async Task Follow(ProgressTracker tracker, IAsyncEnumerable<CampaignEvent> events)
    {
        await foreach (var e in events)
        {
            tracker.Apply(e);
        }
    }

    /// <inheritdoc/>
    public void Finish(RunOutcome outcome) => Outcome = outcome;
}
