using System.Runtime.CompilerServices;

using Tempera.Client.CommandLine;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Cluster;

/// <summary>The events of a campaign, also while silos come and go.</summary>
/// <remarks>
/// A campaign that lives sends something every two seconds. When several of these are missing, or the enumeration breaks, the watch is
/// begun again after the last round that was seen; rounds come in order and once each.
/// </remarks>
internal sealed class ClusterWatch(TimeProvider time)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The events after a sequence, up to one that ends the watch.</summary>
    /// <exception cref="CommandException">The campaign was silent for too long.</exception>
    public async IAsyncEnumerable<CampaignEvent> Events(
        ICampaignGrain campaign, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (last, heard) = (afterSequence, time.GetTimestamp());
        while (true)
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var events = campaign.Watch(last, attempt.Token).GetAsyncEnumerator(attempt.Token);
            while (await Next(events, heard, cancellationToken) is { } e)
            {
                heard = time.GetTimestamp();
                if (e.Kind == CampaignEventKinds.Round)
                {
                    if (e.Sequence <= last)
                    {
                        continue;
                    }

                    last = e.Sequence;
                }

                yield return e;
                if (IsLast(e))
                {
                    yield break;
                }
            }

            // Ending the enumeration would ask the silo that is lost; it ends by itself there.
            await attempt.CancelAsync();
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    // Null when the watch must be begun again: it broke, or its silo ended it.
    private async Task<CampaignEvent?> Next(IAsyncEnumerator<CampaignEvent> events, long heard, CancellationToken cancellationToken)
    {
        Exception? lost = null;
        try
        {
            if (await events.MoveNextAsync().AsTask().WaitAsync(Silence, time, cancellationToken))
            {
                return events.Current;
            }
        }
        catch (Exception error) when (ClusterCalls.IsLost(error) || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            lost = error;
        }

        return time.GetElapsedTime(heard) < Patience ? null : throw ClusterCalls.Unanswered(lost ?? new TimeoutException("the campaign is silent"));
    }

    private static bool IsLast(CampaignEvent e) => e.Kind == CampaignEventKinds.State
        && e.State is CampaignState.Completed or CampaignState.Failed or CampaignState.Paused or CampaignState.Cancelled;
}
