using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Running;

/// <summary>Only the final line, for people.</summary>
internal sealed class QuietProgressView(TextWriter output) : IProgressView
{
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
    public void Finish(RunOutcome outcome)
    {
        output.WriteLine(RunSummary.Line(outcome));
        output.Flush();
    }
}
