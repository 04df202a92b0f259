using System.Runtime.CompilerServices;
using System.Threading.Channels;

using Tempera.Contracts.Campaigns;

namespace Tempera.Grains.Campaigns;

/// <summary>
/// One watcher: stored events first, then live ones. Rounds come in order and once each, also when the campaign restarts
/// behind the scenes or the watcher is slow: what the bounded backlog lost is read from the event log.
/// </summary>
internal sealed class CampaignWatch(CampaignEventHub hub, CampaignEventLog log, TimeProvider time, TimeSpan heartbeat)
{
    /// <summary>The events after a sequence, up to one that ends the watch.</summary>
    /// <param name="afterSequence">Rounds above this one.</param>
    /// <param name="current">The state event that ends the watch now, or null while more may come.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async IAsyncEnumerable<CampaignEvent> Events(
        long afterSequence, Func<CampaignEvent?> current, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Subscribed before the history is read, so that no event falls between the two.
        var channel = hub.Subscribe();
        try
        {
            var last = afterSequence;
            foreach (var past in await log.Read(last))
            {
                yield return past;
                last = Math.Max(last, past.Sequence);
            }

            var seen = last;
            if (current() is { } end)
            {
                yield return end;
                yield break;
            }

            await foreach (var live in Live(channel.Reader, cancellationToken))
            {
                if (live.Kind == CampaignEventKinds.Round)
                {
                    foreach (var missed in live.Sequence > last + 1 ? await log.Read(last) : [])
                    {
                        if (missed.Sequence < live.Sequence)
                        {
                            yield return missed;
                        }
                    }

                    if (live.Sequence <= last)
                    {
                        continue;
                    }

                    last = live.Sequence;
                }
                else if (live.Kind == CampaignEventKinds.Heartbeat && current() is { } over)
                {
                    // Its last event was refused by storage, and nobody will publish another.
                    yield return over;
                    yield break;
                }
                else if (live.Kind == CampaignEventKinds.Checkpoint && live.Sequence <= seen)
                {
                    continue;
                }

                yield return live;
                if (IsLast(live))
                {
                    yield break;
                }
            }
        }
        finally
        {
            hub.Unsubscribe(channel);
        }
    }

    /// <summary>True for the event that ends a watch.</summary>
    public static bool IsLast(CampaignEvent campaignEvent) => campaignEvent.Kind == CampaignEventKinds.State
        && campaignEvent.State is CampaignState.Completed or CampaignState.Failed or CampaignState.Paused or CampaignState.Cancelled;

    private async IAsyncEnumerable<CampaignEvent> Live(
        ChannelReader<CampaignEvent> reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Task<bool>? waiting = null;
        while (true)
        {
            while (reader.TryRead(out var campaignEvent))
            {
                yield return campaignEvent;
            }

            waiting ??= reader.WaitToReadAsync(cancellationToken).AsTask();
            bool? more = null;
            try
            {
                more = await waiting.WaitAsync(heartbeat, time, cancellationToken);
                waiting = null;
            }
            catch (TimeoutException)
            {
                // Silence for a whole interval: the watcher is told that the campaign lives.
            }

            if (more == false)
            {
                yield break;
            }

            if (more is null)
            {
                yield return new CampaignEvent { Kind = CampaignEventKinds.Heartbeat };
            }
        }
    }
}
